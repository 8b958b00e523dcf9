import type { BrowserServer } from 'playwright-core';
import type { TestProject } from 'vitest/node';
import { makeDatabase } from '../postgres/make-database.ts';
import { startChromium } from './chromium.ts';
import { startSite, type Site } from './site.ts';

declare module 'vitest' {
	interface ProvidedContext {
		/** The address of the site under test. */
		site: string;
		/** Where Chromium listens for workers. */
		chromium: string;
	}
}

let site: Site;
let chromium: BrowserServer;

/**
 * One site and one Chromium for the whole run, started before the first browser test and ended after the last. Loading
 * the samples takes longer than most tests, and a worker thread cannot be relied on to end what it started.
 */
export async function setup(project: TestProject) {
	const server = project.getProvidedContext().postgres;
	const databaseUrl = server ? await makeDatabase(server) : '';
	[site, chromium] = await Promise.all([startSite({ databaseUrl }), startChromium()]);
	project.provide('site', site.address);
	project.provide('chromium', chromium.wsEndpoint());
}

export async function teardown() {
	await Promise.all([site?.stop(), chromium?.close()]);
}
