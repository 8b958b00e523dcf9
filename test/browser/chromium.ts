import { accessSync, constants } from 'node:fs';
import { delimiter, join } from 'node:path';
import { chromium } from 'playwright-core';

/** As bin/chromium looks for them. */
const NAMES = ['chromium', 'chromium-browser', 'google-chrome'];
/** No sandbox, because tests run as root in containers; the rest keeps Chromium from talking to anybody but our server. */
export const CHROMIUM_ARGUMENTS = [
	'--no-sandbox',
	'--disable-gpu',
	'--disable-quic',
	'--no-first-run',
	'--disable-background-networking',
	'--disable-component-update',
	'--disable-sync'
];

/** Starts Chromium as a server, so that all workers of a run share one and whoever started it can end it. */
export function startChromium() {
	return chromium.launchServer({ executablePath: executable(), args: CHROMIUM_ARGUMENTS });
}

/** Where Chromium lies. */
export function executable() {
	const folders = (process.env.PATH ?? '').split(delimiter);
	const found = NAMES.flatMap((name) => folders.map((folder) => join(folder, name))).find(isExecutable);
	if (found) return found;
	throw new Error(`None of ${NAMES.join(', ')} is on the PATH; bin/chromium installs one.`);
}

function isExecutable(path: string) {
	try {
		accessSync(path, constants.X_OK);
		return true;
	} catch {
		return false;
	}
}
