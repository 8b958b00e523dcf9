-- What a model of the site's own (EMBEDDINGS_URL) makes of papers, for search by meaning. Both are empty where none is set.
create table paper_embedding (
	paper_id bigint primary key references paper on delete cascade,
	model text not null,
	-- Of length one. Null where the model refused the text, so that it is not asked again.
	vector real[]
);
-- Finds what has no vector yet without reading vectors.
create index paper_embedding_model on paper_embedding (model, paper_id);
create index paper_embedding_refused on paper_embedding (model) where vector is null;
comment on table paper_embedding is 'derived: a job asks the model again';

-- A text that changed loses its vector with the transaction that changes it, and is then one of those that have none.
create function forget_embedding() returns trigger language plpgsql as $$
begin
	delete from paper_embedding where paper_id = new.id;
	return null;
end $$;
create trigger paper_text_changed after update on paper for each row
	when (old.title <> new.title or old.abstract <> new.abstract) execute function forget_embedding();

-- How it goes with each model.
create table embedding_state (
	model text primary key,
	answered_at timestamptz,
	-- In the last run that got anywhere.
	papers_per_second real check (papers_per_second >= 0),
	failing_since timestamptz,
	-- In a sentence, without the address.
	failure text,
	failures integer not null default 0 check (failures >= 0),
	ask_again_at timestamptz,
	check ((failures = 0) = (failing_since is null) and (failures = 0) = (failure is null))
);
comment on table embedding_state is 'derived: it tells of an endpoint of this installation';
