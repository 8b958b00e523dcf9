import { expect, test } from 'vitest';
import { isWithdrawn } from './withdrawal.ts';

// Comments of real papers, from 155,770 records.
test.each([
	'This paper has been withdrawn by the author due to some crucial typos in lemma 2.1',
	'This paper has been withdrawn by the author(s) for revision',
	'This paper has been withdrawn',
	'This paper is withdrawn due to a gap in the main construction',
	'The paper is withdrawn by the author because it contains mistakes in reasoning',
	'paper has bee withdrawn by the author due to error in equation',
	'paper withdrawn by author',
	'The draft paper has been withdrawn by the author',
	'This 2005 report has been withdrawn by the author as requested by the publisher',
	'41 pages, 0 figures. This paper has been withdrawn by the author due to an error in Lemma 3.16',
	'This submission has been withdrawn by arXiv administrators for unprofessional language',
	'This has been withdrawn by arXiv administrators due to an unresolvable authorship dispute',
	'withdrawn by arXiv administrators due to plagiarism. See http://arxiv.org/new/withdrawals.aug.07.html',
	'Withdrawn; paper is outdated',
	"Withdrawn. New framework developed in 'War: Origins and Effects', arXiv:1409.6163 13 pages, 9 figures",
	'Withdrawn by the author - the main findings in this paper are now part of arXiv:1909.08152',
	'5 pages. Withdrawn due to significant overlap with prior work of Kuo',
	'10 pages, 10 figures (non-original) Withdrawn due to insufficiency of background',
	'withdraw due to repetition of a main result with existing papers',
	'This version has been withdrawn due to authorship changes',
	'the current article involves some product IP issues and needs to be withdrawn and re-approved',
	'We are withdrawing the manuscript because the boundary conditions may be too restrictive',
	'I am withdrawing it out of respect for academic integrity',
	'We have decided to withdraw this paper as the work is still undergoing further refinement',
	'the authors have voluntarily requested to withdraw the manuscript',
	'I am writing to respectfully request the withdrawal of my recent submission to arXiv',
	'Therefore, we have decided to revise the paper and request its withdrawal'
])('a paper is withdrawn whose comment says: %s', (comment) => {
	expect(isWithdrawn({ comment, abstract: 'We prove a theorem.' })).toBe(true);
});

test.each([
	'Section V of version 8 (only) was based on an error and was withdrawn in version 9. This version removes the Errata',
	'This paper was originally submitted to Physics of Fluids, resubmitted in several versions and finally withdrawn when the author, editor, and referees could reach no consensus',
	'Submitted to IEEE Transactions on Aerospace & Electronic Systems. Withdrawn following a review process lasting 3 years',
	"submitted and accepted to CloudCom '19. Withdrawn due to unreasonably high registration fees",
	'supersedes arXiv:2510.15236, whose homeostatic property-cluster account and proposed measures are withdrawn',
	'Withdraw by ICML and prepare for NeurIPS or ICLR',
	'12 pages, 3 figures'
])('a paper is not withdrawn whose comment says: %s', (comment) => {
	expect(isWithdrawn({ comment, abstract: 'We prove a theorem.' })).toBe(false);
});

test.each([
	['This paper has been withdrawn by the authors; it will be incorporated into part I of the series.', true],
	['This article has been withdrawn because it has been merged with the earlier\narticle GCT3 in the series.', true],
	['Paper withdrawn because of a gap in the proof of Proposition 3 of Thomas Schick.', true],
	["Weyl's original scale geometry of 1918 was withdrawn by its author from physical theorizing.", false],
	['Models keep enacting withdrawn requirements, a failure we call behavioural drift.', false],
	['We examine whether models recommend recently banned or withdrawn pharmaceuticals.', false]
])('the abstract "%s" says that the paper is withdrawn: %s', (abstract, says) => {
	expect(isWithdrawn({ comment: null, abstract })).toBe(says);
});
