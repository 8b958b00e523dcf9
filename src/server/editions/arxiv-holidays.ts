/** The years whose holidays of arXiv are known whole. */
export const YEARS_KNOWN: ReadonlySet<string> = new Set(['2025', '2026']);

/**
 * The listing days on which arXiv announces nothing, with the holiday. arXiv publishes the evenings on which it does not
 * mail (info.arxiv.org/help/availability.html, "Deferred Mailings"); the list that is missing is dated the weekday after.
 * For a holiday on a Friday, when it never announces, the following Sunday evening is left out: in 2025 arXiv wrote
 * "Sun 6 July", in 2026 it names the Fridays.
 *
 * A new year: copy arXiv's evenings, shift each to the weekday after it, add the year above.
 */
export const ARXIV_HOLIDAYS: ReadonlyMap<string, string> = new Map([
	// The evening of 31 December 2024, the last of the year as published for 2024 (arXiv/arxiv-docs, pull request 1065).
	['2025-01-01', 'New Year’s Eve'],
	// Published for 2025: 1 and 20 January, 19 June, 6 July, 1 September, 27 November
	// (arXiv/arxiv-docs, source/help/availability.md). From June on, the copies of the lists at hand have on these days nothing
	// or stragglers of the day before.
	['2025-01-02', 'New Year’s Day'],
	['2025-01-21', 'Martin Luther King Jr. Day'],
	['2025-06-20', 'Juneteenth'],
	['2025-07-07', 'Independence Day'],
	['2025-09-02', 'Labor Day'],
	['2025-11-28', 'Thanksgiving'],
	// December 2025 was published later than the copy at hand. On these days no copy of the lists has papers, the ids of the
	// lists around 31 December follow each other without a gap, and Hugging Face featured only older papers. On 29 December,
	// which the copies lack too, it featured papers submitted from the 24th to the 26th: that list existed.
	['2025-12-26', 'Christmas'],
	['2025-12-31', 'Year’s end'],
	// Published for 2026: 1 and 19 January, 19 June, 3 July, 7 September, 26 November, 25, 29 and 31 December.
	['2026-01-02', 'New Year’s Day'],
	['2026-01-20', 'Martin Luther King Jr. Day'],
	// Friday 19 June and Friday 3 July: some of what the copies date Monday was submitted on that very day, so it belongs to
	// Tuesday's list, and on Monday 22 June Hugging Face featured older papers only.
	['2026-06-22', 'Juneteenth'],
	['2026-07-06', 'Independence Day'],
	['2026-09-08', 'Labor Day'],
	['2026-11-27', 'Thanksgiving'],
	['2026-12-28', 'Christmas'],
	['2026-12-30', 'Year’s end'],
	['2027-01-01', 'New Year’s Eve']
]);
