import { writeFileSync } from 'node:fs';
import type { SerializedError } from 'vitest';
import type { TestModule } from 'vitest/node';

/** Ends a run with one line that any reader of the log can count, and writes the numbers into the file TEST_COUNTS for bin/ci. */
export default class Closing {
	onTestRunEnd(modules: readonly TestModule[], unhandled: readonly SerializedError[]) {
		const count = { passed: 0, failed: 0, skipped: 0, pending: 0 };
		let broken = unhandled.length;
		for (const module of modules) {
			for (const test of module.children.allTests()) count[test.result().state] += 1;
			if (module.errors().length > 0) broken += 1;
		}
		const [failed, skipped] = [count.failed + broken, count.skipped + count.pending];
		console.log(`\n${count.passed} passed, ${failed} failed, ${skipped} skipped`);
		if (process.env.TEST_COUNTS) writeFileSync(process.env.TEST_COUNTS, `${count.passed} ${failed} ${skipped}\n`);
	}
}
