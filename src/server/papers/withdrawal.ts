const paper = '(?:paper|article|submission|manuscript|preprint|report|draft|version|work|this)';
const says = [
	// "This paper has been withdrawn by the author(s) …", "paper has bee withdrawn", "The article is withdrawn"
	new RegExp(`\\b${paper}(?: paper)? (?:has |have )?(?:bee[n]? |is |was )?(?:being )?withdrawn\\b`, 'i'),
	// "needs to be withdrawn", "we want to withdraw", "I am withdrawing it", "we request its withdrawal"
	/\bneeds? to be withdrawn\b/i,
	/\b(?:decided|want|like|need|requested|have|had) to withdraw (?:the|this|our|my|your) /i,
	/\b(?:am|are) withdrawing (?:the|this|our|it)\b/i,
	/\brequest(?:s|ed|ing)? (?:the |its |a )?withdrawal\b/i,
	/^withdraw due to\b/i
];
// "Withdrawn due to an error in Lemma 8", by itself or after a count of pages
const begins = /(?:^|[.;)]\s+)withdrawn\b/i;
// "Submitted to IEEE Transactions. Withdrawn following a review": from a journal or a conference, not from arXiv.
const fromElsewhere = /\b(?:submitted|accepted|resubmitted)\b[^.;]*[.;]\s+withdrawn\b/i;

/**
 * Whether the authors or arXiv have withdrawn the paper, by what its comment and abstract say: arXiv itself keeps no
 * mark. The examples in withdrawal.test.ts are the 93 papers of 155,770 whose wording comes near it.
 */
export function isWithdrawn({ comment, abstract }: { comment: string | null; abstract: string }) {
	return (comment !== null && saidIn(comment)) || firstSays(abstract);
}

function saidIn(comment: string) {
	const text = comment.replace(/\s+/g, ' ');
	return says.some((wording) => wording.test(text)) || (begins.test(text) && !fromElsewhere.test(text));
}

// A withdrawn paper's abstract may be kept below the notice; further down, withdrawing is what the paper is about.
function firstSays(abstract: string) {
	const text = abstract.slice(0, 600).replace(/\s+/g, ' ');
	return says[0]!.test(text);
}
