-- What became of each upload: states, counts and places, no value of any file (policy D3, D4, D8).
create table upload (
  school_id uuid not null,
  id uuid not null,
  kind text not null check (kind in ('pupils', 'grades', 'sensitive')),
  state text not null check (state in ('received', 'running', 'waiting', 'completed', 'completed-with-problems',
                                       'refused', 'failed', 'cancelled', 'rolled-back')),
  dry_run boolean not null,
  account uuid not null,
  -- SHA-256 of the caller's Idempotency-Key: the key itself is a caller's own text and could be anything.
  key_digest text check (key_digest ~ '^[0-9a-f]{64}$'),
  rows_read bigint not null default 0,
  rows_accepted bigint not null default 0,
  rows_refused bigint not null default 0,
  rows_unchanged bigint not null default 0,
  bytes bigint not null default 0,
  problems integer not null default 0,
  started_at timestamptz not null default now(),
  -- The last sign of life; an upload whose process died shows as failed once this is old.
  touched_at timestamptz not null default now(),
  finished_at timestamptz,
  primary key (school_id, id)
);

-- A failed upload gives its key back, so that the same request can be sent again.
create unique index upload_once on upload (school_id, key_digest)
  where key_digest is not null and state <> 'failed';
create index upload_newest on upload (school_id, started_at desc, id desc);
create index upload_by_id on upload (id);

create table upload_problem (
  school_id uuid not null,
  upload_id uuid not null,
  -- Order of listing, from 1.
  position integer not null,
  -- As a spreadsheet counts, the header being 1; 0 for the file as a whole.
  row_number bigint not null check (row_number >= 0),
  -- From 1; 0 for the row as a whole.
  column_number integer not null check (column_number >= 0),
  -- A name from our own lists, never a header as it was sent.
  column_name text not null check (column_name ~ '^[a-z0-9_-]{0,32}$'),
  code text not null check (code ~ '^[a-z0-9-]{1,40}$'),
  -- Name of a scale or code list, or empty.
  detail text not null check (detail ~ '^[a-z0-9-]{0,40}$'),
  primary key (school_id, upload_id, position),
  foreign key (school_id, upload_id) references upload (school_id, id)
);

alter table upload enable row level security;
alter table upload force row level security;
alter table upload_problem enable row level security;
alter table upload_problem force row level security;

grant select, insert on upload to ${service}_school;
grant update (state, rows_read, rows_accepted, rows_refused, rows_unchanged, bytes, problems, touched_at, finished_at)
  on upload to ${service}_school;
grant select, insert on upload_problem to ${service}_school;

create policy school_reads on upload for select to ${service}_school
  using (school_id = any ((select scope.schools('uploads:read'))::uuid[]));
create policy school_adds on upload for insert to ${service}_school
  with check (school_id = any ((select scope.schools('uploads:write'))::uuid[]));
create policy school_changes on upload for update to ${service}_school
  using (school_id = any ((select scope.schools('uploads:write'))::uuid[]))
  with check (school_id = any ((select scope.schools('uploads:write'))::uuid[]));

create policy school_reads on upload_problem for select to ${service}_school
  using (school_id = any ((select scope.schools('uploads:read'))::uuid[]));
create policy school_adds on upload_problem for insert to ${service}_school
  with check (school_id = any ((select scope.schools('uploads:write'))::uuid[]));
