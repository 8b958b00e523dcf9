import { expect, test } from 'vitest';
import { licenceName } from './licence.ts';

test.each([
	['http://creativecommons.org/licenses/by-nc-sa/4.0/', 'CC BY-NC-SA 4.0'],
	['https://creativecommons.org/publicdomain/zero/1.0/', 'CC0 1.0'],
	['http://arxiv.org/licenses/nonexclusive-distrib/1.0/', 'arXiv’s licence to distribute'],
	['https://example.org/licence', 'example.org/licence'],
	['https://evil.example/creativecommons.org/licenses/by/4.0/', 'evil.example/creativecommons.org/licenses/by/4.0/']
])('%s is called %s', (address, name) => {
	expect(licenceName(address)).toBe(name);
});
