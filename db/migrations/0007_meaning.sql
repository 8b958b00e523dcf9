-- What a site has learned of meaning from its own papers: a vector for each frequent stem, in which stems lie near that papers
-- use alike. A job learns them anew as papers come; the last whole one counts.
create table meaning (
	id bigint generated always as identity primary key,
	learned_at timestamptz not null,
	-- Of the analyser that made the stems.
	analyser smallint not null,
	-- All papers that were here; learned from is a sample.
	papers integer not null check (papers > 0),
	dimensions smallint not null check (dimensions > 0),
	-- Set when the last part has been written.
	is_whole boolean not null default false
);
comment on table meaning is 'derived: from papers';

-- In parts of a few hundred kB, so that nobody waits for the whole.
create table meaning_part (
	meaning_id bigint not null references meaning on delete cascade,
	part smallint not null,
	stems text[] not null,
	-- A signed byte for each dimension of each stem.
	vectors bytea not null,
	scales real[] not null check (cardinality(scales) = cardinality(stems)),
	primary key (meaning_id, part)
);
comment on table meaning_part is 'derived: from papers';
