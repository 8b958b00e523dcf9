import { expect, test } from 'vitest';
import { linksIn } from './links.ts';

const TABLE: [text: string, code: string | null, project: string | null][] = [
	['Code is available at https://github.com/a/b.', 'https://github.com/a/b', null],
	['(https://github.com/a/b)', 'https://github.com/a/b', null],
	['Code: \\url{https://github.com/a/b_c}.', 'https://github.com/a/b_c', null],
	['\\href{https://github.com/a/b\\_c}{here}', 'https://github.com/a/b_c', null],
	['available $\\href{https://github.com/a/b}{here}$.', 'https://github.com/a/b', null],
	['{\\small Code: \\href{https://anonymous.4open.science/r/X-1/}{x}}', 'https://anonymous.4open.science/r/X-1/', null],
	['at https://github.\ncom/Euphoria16/DocMark.', 'https://github.com/Euphoria16/DocMark', null],
	['at https:\n//github.com/a/b.', 'https://github.com/a/b', null],
	['at https: //github.com/a/b; and more', 'https://github.com/a/b', null],
	['code at github.com/a/b and www.github.com/c/d', 'https://github.com/a/b', null],
	['http://github.com/a/b.git', 'https://github.com/a/b', null],
	['**https://github.com/a/b**', 'https://github.com/a/b', null],
	['<https://github.com/a/b>', 'https://github.com/a/b', null],
	['https://github.com/a/b},', 'https://github.com/a/b', null],
	['the group https://github.com/lab, its code https://github.com/lab/x', 'https://github.com/lab/x', null],
	['built on https://github.com/x/base; our code: https://github.com/a/b', 'https://github.com/a/b', null],
	['data https://huggingface.co/datasets/a/d code https://github.com/a/b', 'https://github.com/a/b', null],
	['models at https://huggingface.co/a/m.', 'https://huggingface.co/a/m', null],
	['https://gitlab.com/iris.b/glance', 'https://gitlab.com/iris.b/glance', null],
	['https://bitbucket.org/a/b and https://codeberg.org/c/d', 'https://bitbucket.org/a/b', null],
	['archived at https://zenodo.org/records/15391938', 'https://zenodo.org/records/15391938', null],
	['at https://doi.org/10.5281/zenodo.15622325 .', 'https://doi.org/10.5281/zenodo.15622325', null],
	['Source code is available at http://www.linshuyuan.com.', 'http://www.linshuyuan.com', null],
	['Project page: https://a-b.github.io/c/.', null, 'https://a-b.github.io/c/'],
	['see a-b.github.io/c for more', null, 'https://a-b.github.io/c'],
	['https://huajian- zeng.github. io/projects/gmt/.', null, 'https://huajian-zeng.github.io/projects/gmt/'],
	[
		'Project page is available at: https://omriavrahami.com/break-a-scene/',
		null,
		'https://omriavrahami.com/break-a-scene/'
	],
	['Homepage: https://video-reason.com/', null, 'https://video-reason.com'],
	['Code https://github.com/a/b, project page www.a.org/x', 'https://github.com/a/b', 'https://www.a.org/x'],
	['https://sites.google.com/view/aces-cmz/home and data', null, 'https://sites.google.com/view/aces-cmz/home'],
	['Conference website: https://conf.researchr.org/home/x', null, null],
	['Video at https://youtu.be/AJHGzUtRCg0, published at https://doi.org/10.1007/s4', null, null],
	['project page https://arxiv.org/abs/2407.13036', null, null],
	['Code will be made available on GitHub.', null, null],
	// Hostile: no account before the host, no other scheme, no other port, no host that only looks like one.
	['code: https://github.com@evil.org/a/b', null, null],
	['code: https://me:secret@github.com/a/b', null, null],
	['project page: javascript:alert(1)', null, null],
	['project page: data:text/html,x', null, null],
	['code: ftp://github.com/a/b', null, null],
	['code: //github.com/a/b', null, null],
	['https://github.com:8443/a/b', null, null],
	['project page: http://127.0.0.1/x', null, null],
	['project page: http://localhost/x', null, null],
	['code: https://github.com.evil.org/a/b', 'https://github.com.evil.org/a/b', null],
	['https://github.com/a/b"onclick="x', 'https://github.com/a/b', null],
	['https://github.com/a/b<script>', 'https://github.com/a/b', null],
	['me@github.com/a/b', null, null],
	['https://', null, null],
	['', null, null]
];

test.each(TABLE)('%s', (text, code, project) => {
	expect(linksIn(text)).toEqual({ code, project });
});

test('the comment is read after the abstract', () => {
	expect(linksIn('No links here.', 'Project page: https://a.github.io; code: https://github.com/a/b')).toEqual({
		code: 'https://github.com/a/b',
		project: 'https://a.github.io'
	});
	expect(linksIn('At https://github.com/a/b.', 'https://github.com/c/d').code).toBe('https://github.com/a/b');
});

test('64 KB of anything are read at once', () => {
	const started = performance.now();
	for (const part of [
		'https://a.b/(',
		'github.com/',
		'https://x@',
		'www.a',
		'project page: ',
		'a-',
		'https://github.com/a/b ',
		' '
	])
		linksIn(part.repeat(65_536 / part.length));
	expect(performance.now() - started).toBeLessThan(2000);
});
