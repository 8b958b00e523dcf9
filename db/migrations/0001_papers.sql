-- Papers, who wrote them, and the editions they appear on.
-- The only extension that Broadsheet cannot do without.
create extension if not exists pg_trgm;

create table organisation (
	id bigint generated always as identity primary key,
	handle text not null check (handle ~ '^[A-Za-z0-9][A-Za-z0-9._-]{0,99}$'),
	name text not null check (name <> '')
);
-- A handle is the same however it is capitalised, as in the addresses of pages.
create unique index organisation_handle on organisation (lower(handle));
create index organisation_alike on organisation using gin (name gin_trgm_ops, handle gin_trgm_ops);

-- Text is kept three ways: as plain text, as the source's TeX where that differs, and as HTML where it is more than
-- the plain text escaped. Two papers of three are plain, and are stored once.
create table paper (
	id bigint generated always as identity primary key,
	key text not null unique
		check (key ~ '^[0-9]{4}\.[0-9]{4,5}$' or key ~ '^[a-z-]+(\.[A-Z]{2})?/[0-9]{7}$' or key ~ '^10\.(1101|64898)/[^\s/]+$'),
	title text not null check (title <> ''),
	title_tex text,
	title_html text,
	abstract text not null,
	abstract_tex text,
	abstract_html text,
	gist text not null,
	gist_html text,
	renderer smallint not null,
	-- As many as are named, unless the source says that there are more.
	author_count integer check (author_count > 0),
	published date,
	updated date,
	announced date check (extract(isodow from announced) <= 5),
	-- The day a list sorts by: when the paper was announced, else when it was published.
	day date generated always as (coalesce(announced, published)) stored,
	version integer check (version > 0),
	primary_category text generated always as (categories[1]) stored,
	categories text[] not null default '{}',
	comment text,
	journal_ref text,
	doi text,
	licence text check (licence ~ '^https?://'),
	organisation_id bigint references organisation,
	code_url text check (code_url ~ '^https?://'),
	project_url text check (project_url ~ '^https?://'),
	withdrawn_at timestamptz,
	source text not null,
	-- SHA-256 of the record as it was read, so that an unchanged one costs no write.
	record_digest bytea not null,
	recorded_at timestamptz not null,
	changed_at timestamptz not null
);
create index paper_announced on paper (announced, primary_category, key) where announced is not null;
create index paper_day on paper (day desc nulls last, id desc);
create index paper_categories on paper using gin (categories);
-- Papers whose text an older renderer made: the job that renders them again finds them here.
create index paper_renderer on paper (renderer, id);
create index paper_organisation on paper (organisation_id, day desc) where organisation_id is not null;

create table paper_author (
	paper_id bigint not null references paper on delete cascade,
	position integer not null check (position > 0),
	name text not null check (name <> ''),
	name_key text not null,
	primary key (paper_id, position)
);
create index paper_author_name on paper_author (name_key, paper_id);

-- What is known of each version. The current version's text stands in paper; a version that was replaced keeps its own here.
create table paper_version (
	paper_id bigint not null references paper on delete cascade,
	version integer not null check (version > 0),
	submitted_at timestamptz,
	title text,
	abstract text,
	seen_at timestamptz not null,
	primary key (paper_id, version)
);

-- A change of title or abstract that came without a new version.
create table paper_change (
	id bigint generated always as identity primary key,
	paper_id bigint not null references paper on delete cascade,
	field text not null check (field in ('title', 'abstract')),
	before text not null,
	seen_at timestamptz not null
);
create index paper_change_paper on paper_change (paper_id, seen_at);

-- A day on which something was featured or announced. Its counts are kept by the triggers below, so that a calendar
-- of years is one small read.
create table edition (
	day date primary key check (extract(isodow from day) <= 5),
	featured integer not null default 0 check (featured >= 0),
	announced integer not null default 0 check (announced >= 0),
	-- Said on the page, for example where the papers come from.
	note text,
	announced_is_sample boolean not null default false,
	-- How many were announced when that was said: once more have been taken in, it no longer holds.
	announced_when_said integer not null default 0,
	-- Came with Broadsheet, to be read before there are papers of one's own.
	is_sample boolean not null default false
);

create table edition_paper (
	day date not null references edition,
	paper_id bigint not null references paper on delete cascade,
	-- Where an editor put it; null leaves the order to votes, then to the source.
	place integer check (place > 0),
	source text not null,
	source_place integer check (source_place > 0),
	votes_at_source integer check (votes_at_source >= 0),
	submitter_at_source text,
	featured_at timestamptz not null,
	primary key (day, paper_id)
);
create index edition_paper_paper on edition_paper (paper_id, day);

-- Both count a statement's rows by day, those that came against those that went: most updates move none, and then no
-- edition is written.
create function count_announced() returns trigger language plpgsql as $$
declare
	went date[];
	came date[];
begin
	if tg_op <> 'INSERT' then went := array(select announced from old_rows where announced is not null); end if;
	if tg_op <> 'DELETE' then came := array(select announced from new_rows where announced is not null); end if;
	with moved as (
		select day, sum(papers)::integer as papers
		from (select unnest(went), -1 union all select unnest(came), 1) counted (day, papers)
		group by day having sum(papers) <> 0
	), fewer as (
		update edition set announced = edition.announced + moved.papers from moved
		where edition.day = moved.day and moved.papers < 0
	)
	insert into edition (day, announced) select day, papers from moved where papers > 0
	on conflict (day) do update set announced = edition.announced + excluded.announced;
	return null;
end $$;
create trigger paper_counted_in after insert on paper referencing new table as new_rows for each statement execute function count_announced();
create trigger paper_recounted after update on paper referencing old table as old_rows new table as new_rows for each statement execute function count_announced();
create trigger paper_counted_out after delete on paper referencing old table as old_rows for each statement execute function count_announced();

create function count_featured() returns trigger language plpgsql as $$
declare
	went date[];
	came date[];
begin
	if tg_op <> 'INSERT' then went := array(select day from old_rows); end if;
	if tg_op <> 'DELETE' then came := array(select day from new_rows); end if;
	update edition set featured = edition.featured + moved.papers
	from (
		select day, sum(papers)::integer as papers
		from (select unnest(went), -1 union all select unnest(came), 1) counted (day, papers)
		group by day having sum(papers) <> 0
	) moved
	where edition.day = moved.day;
	return null;
end $$;
create trigger feature_counted_in after insert on edition_paper referencing new table as new_rows for each statement execute function count_featured();
create trigger feature_recounted after update on edition_paper referencing old table as old_rows new table as new_rows for each statement execute function count_featured();
create trigger feature_counted_out after delete on edition_paper referencing old table as old_rows for each statement execute function count_featured();

-- What an import could not take: where it stood, why, and what it was (its first 4,000 characters).
create table rejected_record (
	file text not null,
	line integer not null check (line > 0),
	reason text not null,
	record text not null,
	rejected_at timestamptz not null,
	primary key (file, line)
);
