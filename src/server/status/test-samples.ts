/** Names, labels and values as https://prometheus.io/docs/instrumenting/exposition_formats/ has them, version 0.0.4. */
const NAME = '[a-zA-Z_:][a-zA-Z0-9_:]*';
const LABEL = String.raw`[a-zA-Z_][a-zA-Z0-9_]*="(?:[^"\\\n]|\\[\\"n])*"`;
const SAMPLE = new RegExp(
	`^(${NAME}(?:\\{(?:${LABEL}(?:,${LABEL})*,?)?\\})?) (NaN|[+-]Inf|[+-]?[0-9.]+(?:e[+-]?[0-9]+)?)$`
);
const COMMENT = new RegExp(`^# (?:HELP ${NAME} .*|TYPE ${NAME} (?:counter|gauge|histogram|summary))$`);

/** The samples of a text for Prometheus, by series. Throws at the first line that is none of it. */
export function samplesIn(text: string): Map<string, number> {
	if (!text.endsWith('\n')) throw new Error('the last line does not end');
	const samples = new Map<string, number>();
	for (const line of text.split('\n')) {
		if (line === '' || COMMENT.test(line)) continue;
		const [, series, value] = SAMPLE.exec(line) ?? [];
		if (!series) throw new Error(`not a line of metrics: ${line}`);
		if (samples.has(series)) throw new Error(`told twice: ${series}`);
		samples.set(series, Number(value));
	}
	return samples;
}
