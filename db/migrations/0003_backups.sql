-- The backups that were made, or failed. A comment that begins with "derived:" keeps a table out of backups: it is made again,
-- or it tells of this installation alone (docs/decisions/0010).
create table backup (
	id bigint generated always as identity primary key,
	made_at timestamptz not null,
	-- Its name only: the folder is a setting, and another one tomorrow.
	file text not null check (file <> ''),
	bytes bigint check (bytes > 0),
	-- Of all tables.
	rows bigint check (rows >= 0),
	seconds real check (seconds >= 0),
	-- When the whole file was read back.
	verified_at timestamptz,
	failure text,
	check ((failure is null) = (bytes is not null))
);
create index backup_made on backup (made_at desc);
comment on table backup is 'derived: it tells of the files of this installation';
comment on table page_change is 'derived: it tells running processes what changed in the last hour';
