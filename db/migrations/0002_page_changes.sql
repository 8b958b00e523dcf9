-- What changed that a page shows, so that kept pages are dropped (docs/decisions/0008). Append-only: counters in rows would
-- make writers wait for each other. A process asks for what it has not seen by xact, since a transaction may commit late.
--
--     all              anything that a page reads
--     everything       so much at once, or something shown so widely, that every kept page goes
--     editions         the counts and the notes of days, which calendars and neighbours show
--     featured         which papers are featured, and their places, which a paper's own page names
--     edition:<day>    the papers of an edition
--     paper:<key>      a paper
create table page_change (
	id bigint generated always as identity primary key,
	subject text not null,
	xact xid8 not null default pg_current_xact_id(),
	at timestamptz not null default clock_timestamp()
);
create index page_change_xact on page_change (xact);

-- Their own pages, and the editions that announced or featured them. More than 200 at once are told as `everything`.
create function note_papers(ids bigint[]) returns void language sql as $$
	insert into page_change (subject)
	select 'all' where cardinality(ids) > 0
	union all
	select 'everything' where cardinality(ids) > 200
	union all
	select distinct it.subject
	from paper, lateral (
		select 'paper:' || paper.key
		union all select 'edition:' || to_char(paper.announced, 'YYYY-MM-DD') where paper.announced is not null
		union all select 'edition:' || to_char(day, 'YYYY-MM-DD') from edition_paper where paper_id = paper.id
	) it (subject)
	where cardinality(ids) <= 200 and paper.id = any(ids)
$$;

-- A new paper changes lists, and its day through the counts; nobody can have seen it. A day that it left or came to, and
-- the editions that featured a deleted one, tell of themselves too.
create function note_paper_changes() returns trigger language plpgsql as $$
begin
	if tg_op = 'INSERT' then
		insert into page_change (subject) select 'all' where exists (select from new_rows);
	elsif tg_op = 'UPDATE' then
		perform note_papers(array(select id from new_rows));
	else
		insert into page_change (subject) select 'all' where exists (select from old_rows)
		union all select 'paper:' || key from old_rows;
	end if;
	return null;
end $$;
create trigger paper_noted_in after insert on paper referencing new table as new_rows for each statement execute function note_paper_changes();
create trigger paper_noted after update on paper referencing new table as new_rows for each statement execute function note_paper_changes();
create trigger paper_noted_out after delete on paper referencing old table as old_rows for each statement execute function note_paper_changes();

-- Authors, versions and replaced texts. A paper that this transaction itself wrote has been noted, or is new: so an import
-- of new papers notes nothing here.
create function note_part_changes() returns trigger language plpgsql as $$
declare
	went bigint[];
	came bigint[];
begin
	if tg_op <> 'INSERT' then went := array(select distinct paper_id from old_rows); end if;
	if tg_op <> 'DELETE' then came := array(select distinct paper_id from new_rows); end if;
	perform note_papers(array(select id from paper where id = any(went || came) and xmin <> pg_current_xact_id()::xid));
	return null;
end $$;
create trigger author_noted_in after insert on paper_author referencing new table as new_rows for each statement execute function note_part_changes();
create trigger author_noted after update on paper_author referencing old table as old_rows new table as new_rows for each statement execute function note_part_changes();
create trigger author_noted_out after delete on paper_author referencing old table as old_rows for each statement execute function note_part_changes();
create trigger version_noted_in after insert on paper_version referencing new table as new_rows for each statement execute function note_part_changes();
create trigger version_noted after update on paper_version referencing old table as old_rows new table as new_rows for each statement execute function note_part_changes();
create trigger version_noted_out after delete on paper_version referencing old table as old_rows for each statement execute function note_part_changes();
create trigger change_noted_in after insert on paper_change referencing new table as new_rows for each statement execute function note_part_changes();
create trigger change_noted after update on paper_change referencing old table as old_rows new table as new_rows for each statement execute function note_part_changes();
create trigger change_noted_out after delete on paper_change referencing old table as old_rows for each statement execute function note_part_changes();

create function note_featured_changes() returns trigger language plpgsql as $$
declare
	went date[];
	came date[];
begin
	if tg_op <> 'INSERT' then went := array(select distinct day from old_rows); end if;
	if tg_op <> 'DELETE' then came := array(select distinct day from new_rows); end if;
	insert into page_change (subject)
	select unnest(array['all', 'featured']) where cardinality(went || came) > 0
	union all
	select distinct 'edition:' || to_char(day, 'YYYY-MM-DD') from unnest(went || came) changed (day);
	return null;
end $$;
create trigger feature_noted_in after insert on edition_paper referencing new table as new_rows for each statement execute function note_featured_changes();
create trigger feature_noted after update on edition_paper referencing old table as old_rows new table as new_rows for each statement execute function note_featured_changes();
create trigger feature_noted_out after delete on edition_paper referencing old table as old_rows for each statement execute function note_featured_changes();

create function note_edition_changes() returns trigger language plpgsql as $$
declare
	changed boolean;
begin
	if tg_op = 'DELETE' then changed := exists (select from old_rows); else changed := exists (select from new_rows); end if;
	insert into page_change (subject) select unnest(array['all', 'editions']) where changed;
	return null;
end $$;
create trigger edition_noted_in after insert on edition referencing new table as new_rows for each statement execute function note_edition_changes();
create trigger edition_noted after update on edition referencing new table as new_rows for each statement execute function note_edition_changes();
create trigger edition_noted_out after delete on edition referencing old table as old_rows for each statement execute function note_edition_changes();

-- A new organisation is on no page yet; another name of one may be on any.
create function note_organisation_changes() returns trigger language plpgsql as $$
declare
	changed boolean;
begin
	if tg_op = 'DELETE' then changed := exists (select from old_rows); else changed := exists (select from new_rows); end if;
	insert into page_change (subject)
	select 'all' where changed union all select 'everything' where changed and tg_op <> 'INSERT';
	return null;
end $$;
create trigger organisation_noted_in after insert on organisation referencing new table as new_rows for each statement execute function note_organisation_changes();
create trigger organisation_noted after update on organisation referencing new table as new_rows for each statement execute function note_organisation_changes();
create trigger organisation_noted_out after delete on organisation referencing old table as old_rows for each statement execute function note_organisation_changes();
