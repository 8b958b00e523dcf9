-- What search reads: the words of each paper, which are written with it; and how many papers have a word or a name, which is
-- counted behind them. All of it is made again from the papers, so no backup has it (docs/decisions/0010).

create table paper_words (
	paper_id bigint primary key references paper on delete cascade,
	-- Of the analyser that made the row: a job makes those of an older one anew.
	analyser smallint not null,
	-- The paper's, so that a list is put in order without reading the papers.
	day date,
	-- What facets count, so it stays beside the day, and nothing has to be unpacked.
	attributes text[] storage main not null,
	-- In the order of the text, for phrases and for ranking.
	words text not null,
	-- What finds the paper. A set without positions: PostgreSQL would read them of every match, and ranking has `words`.
	lexemes tsvector not null
)
-- Words and lexemes lie aside, but for short papers: what only counts and orders reads a seventh of the table.
with (toast_tuple_target = 256);
-- What is new is listed first and sorted in from time to time, at half the work: 20,000 papers took the database 10 s, where each
-- by itself took 18. Every search reads the list, and whoever fills it sorts it in while all wait, so it is short: 50 papers.
create index paper_words_lexemes on paper_words using gin (lexemes) with (fastupdate = on, gin_pending_list_limit = 128);
create index paper_words_day on paper_words (day desc nulls last, paper_id desc);
-- To know how they are spread ANALYZE would unpack thousands of texts, for most of a second, while all wait. Unknown, a search by
-- lexemes counts as one for few papers, which is what the index is for.
alter table paper_words alter column words set statistics 0, alter column lexemes set statistics 0;
comment on table paper_words is 'derived: from papers';

-- How many papers have a word in title or abstract, for completions, corrections and rarity. In the order of bytes, so that the
-- key finds what begins alike too. Room is left for counting: a count alone changes no index.
create table word (
	word text collate "C" primary key,
	stem text not null,
	papers integer not null check (papers >= 0)
) with (fillfactor = 80);
create index word_stem on word (stem);
create index word_alike on word using gin (word gin_trgm_ops) with (fastupdate = off);
comment on table word is 'derived: from papers';

-- How many papers name somebody so; `name` is how the first of them spells it.
create table known_name (
	name_key text collate "C" primary key,
	name text not null,
	papers integer not null check (papers >= 0)
) with (fillfactor = 80);
create index known_name_parts on known_name using gin (to_tsvector('simple', name_key)) with (fastupdate = off);
comment on table known_name is 'derived: from papers';

-- How far the jobs behind the papers are, by name.
create table search_progress (
	name text primary key,
	at bigint not null
);
comment on table search_progress is 'derived: from papers';
