import { executable, CHROMIUM_ARGUMENTS } from '../../test/browser/chromium.ts';

/** The parts of Lighthouse's result that are read here; its own types are not installed with the product. */
interface Report {
	runtimeError?: { message: string };
	categories: Record<string, { score: number | null; auditRefs: { id: string; weight: number }[] }>;
	audits: Record<string, { title: string; score: number | null; numericValue?: number; displayValue?: string }>;
}

type Lighthouse = (address: string, flags: object) => Promise<{ lhr: Report }>;
type Launch = (options: object) => Promise<{ port: number; kill(): void }>;

/** Scores from 0 to 100, and the times behind them in milliseconds, by name; and what cost points. */
export interface Audited {
	figures: Record<string, number>;
	complaints: string[];
}

export const CATEGORIES = ['performance', 'accessibility', 'best-practices', 'seo'] as const;

const TRIES = 3;

const TIMES = {
	first_paint_ms: 'first-contentful-paint',
	largest_paint_ms: 'largest-contentful-paint',
	speed_index_ms: 'speed-index',
	blocked_ms: 'total-blocking-time'
};

/** Chromium looks up no other name, whatever it would like to know. */
const ONLY_THIS_MACHINE = '--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE localhost, EXCLUDE 127.0.0.1';

/** One good run of Lighthouse. A busy machine loses a trace now and then, and Lighthouse itself says to run it again. */
export async function audit(address: string): Promise<Audited> {
	for (let tries = 1; ; tries += 1) {
		const report = await reportOn(address);
		if (!report.runtimeError) return { figures: figuresOf(report), complaints: complaintsOf(report) };
		if (tries === TRIES) throw new Error(`Lighthouse could not read ${address}: ${report.runtimeError.message}`);
	}
}

/** Runs it in a browser of its own. It is called as a library: its command line alone reports errors home. */
async function reportOn(address: string): Promise<Report> {
	const { default: lighthouse } = (await installed('lighthouse/core/index.js')) as { default: Lighthouse };
	const { launch } = (await installed('chrome-launcher/dist/index.js')) as { launch: Launch };
	const browser = await launch({
		chromePath: executable(),
		chromeFlags: ['--headless=new', ONLY_THIS_MACHINE, ...CHROMIUM_ARGUMENTS],
		logLevel: 'silent'
	});
	try {
		const flags = { port: browser.port, onlyCategories: CATEGORIES, logLevel: 'silent' };
		return (await lighthouse(address, flags)).lhr;
	} finally {
		browser.kill();
	}
}

function installed(file: string): Promise<unknown> {
	return import(new URL(`node_modules/${file}`, import.meta.url).href);
}

function figuresOf({ categories, audits }: Report) {
	const scores = Object.entries(categories).map(([id, { score }]) => [id, Math.round((score ?? 0) * 100)]);
	const times = Object.entries(TIMES).map(([name, id]) => [name, Math.round(audits[id]!.numericValue!)]);
	const shift = Math.round(audits['cumulative-layout-shift']!.numericValue! * 1_000) / 1_000;
	return { ...Object.fromEntries([...scores, ...times]), layout_shift: shift } as Record<string, number>;
}

/** Audits that cost points, in Lighthouse's words. */
function complaintsOf({ categories, audits }: Report) {
	return Object.values(categories)
		.flatMap(({ auditRefs }) => auditRefs)
		.filter(({ id, weight }) => weight > 0 && (audits[id]!.score ?? 1) < 0.9)
		.map(({ id }) => `${id}: ${audits[id]!.title} ${audits[id]!.displayValue ?? ''}`.trim());
}
