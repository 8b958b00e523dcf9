-- The papers nearest to each, which its page shows: finding them takes 40 ms, twenty times what a page takes. A job finds them
-- behind the papers, so no backup has them.
create table similar_papers (
	paper_id bigint primary key references paper on delete cascade,
	-- The nearest first; one that was deleted since is passed over.
	similar_ids bigint[] not null check (cardinality(similar_ids) <= 5),
	-- A sentence for each.
	reasons text[] not null check (cardinality(reasons) = cardinality(similar_ids)),
	found_at timestamptz not null,
	-- While the paper is new, others like it still come. Null is never.
	find_again_at timestamptz
);
create index similar_papers_due on similar_papers (find_again_at) where find_again_at is not null;
comment on table similar_papers is 'derived: from papers';

-- What is near to another text has to be found again; until then the page shows what was near.
create function find_similar_again() returns trigger language plpgsql as $$
begin
	update similar_papers set find_again_at = now() where paper_id = new.id;
	return null;
end $$;
create trigger paper_similar_due after update on paper for each row
	when (old.title <> new.title or old.abstract <> new.abstract) execute function find_similar_again();

-- Only the paper's own page shows them, so `all` is not noted: the job writes for hours on a large site, and every list would go
-- from memory each second. A row that goes has gone with its paper, which is noted.
create function note_similar_papers() returns trigger language plpgsql as $$
begin
	if tg_op = 'INSERT' then
		insert into page_change (subject)
		select 'paper:' || key from paper where id in (select paper_id from new_rows);
	else
		insert into page_change (subject)
		select 'paper:' || key from paper where id in (
			select paper_id from new_rows join old_rows using (paper_id)
			where (new_rows.similar_ids, new_rows.reasons) is distinct from (old_rows.similar_ids, old_rows.reasons)
		);
	end if;
	return null;
end $$;
create trigger similar_noted_in after insert on similar_papers referencing new table as new_rows for each statement execute function note_similar_papers();
create trigger similar_noted after update on similar_papers referencing old table as old_rows new table as new_rows for each statement execute function note_similar_papers();
