import type { TestModule } from 'vitest/node';

/** Ends a run with one line that any reader of the log can count. */
export default class Closing {
	onTestRunEnd(modules: readonly TestModule[]) {
		const count = { passed: 0, failed: 0, skipped: 0, pending: 0 };
		let broken = 0;
		for (const module of modules) {
			for (const test of module.children.allTests()) count[test.result().state] += 1;
			if (module.errors().length > 0) broken += 1;
		}
		console.log(`\n${count.passed} passed, ${count.failed + broken} failed, ${count.skipped + count.pending} skipped`);
	}
}
