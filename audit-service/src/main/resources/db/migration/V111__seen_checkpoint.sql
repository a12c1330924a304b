-- Checkpoints that a school's people saw and handed in. The log signed each of them; one that does not fit the tree any more
-- is kept as what it is, evidence, and the log serves that school no further. Nobody changes or removes a row.
create table seen_checkpoint (
  school_id uuid not null,
  size bigint not null check (size >= 0),
  root text not null,
  note text not null,
  -- Whether it fitted the tree when it was handed in.
  fits boolean not null,
  seen_by uuid not null,
  seen_at timestamptz not null default now(),
  primary key (school_id, size, root)
);

alter table seen_checkpoint enable row level security;
alter table seen_checkpoint force row level security;
grant select, insert on seen_checkpoint to ${service}_school;
create policy school_reads on seen_checkpoint for select to ${service}_school
  using (school_id = any ((select scope.schools('audit:read'))::uuid[]));
create policy school_adds on seen_checkpoint for insert to ${service}_school
  with check (school_id = any ((select scope.schools('audit:read'))::uuid[]));
