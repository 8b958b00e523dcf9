import { expect, test } from 'vitest';
import { readName } from './names.ts';
import { readAbstract, readTitle } from './tex.ts';
import { withoutUnseen } from './unseen.ts';

test.each([
	['gnp\u202e.exe\u2066\u2069\u200e\u200f\u061c', 'gnp.exe'],
	['A\u200bn\u2060n\ufeff\u00ad\u3164 L\u200de\u200ce', 'Ann Lee'],
	['می\u200cخواهم', 'می\u200cخواهم'],
	['क्\u200dष', 'क्\u200dष'],
	['王\u200d小', '王小'],
	['👩\u200d💻 ❤\ufe0f\u200d🔥 👩🏽\u200d💻', '👩\u200d💻 ❤\ufe0f\u200d🔥 👩🏽\u200d💻'],
	['\u200dक\u200d\u200dक\u200d', 'कक']
])('%j is seen as %j', (text, seen) => {
	expect(withoutUnseen(text)).toBe(seen);
});

test('names, titles and formulas hold nothing unseen', () => {
	expect(readName('Ann\u202e Lee\u200b')).toBe('Ann Lee');
	expect(readName('A&#x3164;nn')).toBe('Ann');
	expect(readTitle('a\ufeffb\u200e').text).toBe('ab');
	expect(readAbstract('$\\text{a\u202eb}^2$').html).not.toMatch(/\u202e/);
});
