-- Special needs, Pupil Premium and the like (policy D5): held in this database alone, by ps_id, and encrypted under
-- the school's key, which is not here.

-- Data keys, wrapped by the school's key-encryption key. Nobody may change or delete one: what was sealed with it
-- would be lost.
create table data_key (
  school_id uuid not null,
  purpose text not null check (purpose ~ '^[a-z][a-z-]{0,31}$'),
  wrapped bytea not null check (octet_length(wrapped) between 1 and 4096),
  created_at timestamptz not null default now(),
  primary key (school_id, purpose)
);

-- One row per class of the pupil, so that the policy for classes stays one comparison.
create table pupil_record (
  school_id uuid not null,
  class_id uuid not null,
  ps_id uuid not null,
  upload_id uuid not null,
  -- All fields in one, encrypted and bound to this school, column and ps_id; every record is equally long.
  fields_sealed bytea not null check (octet_length(fields_sealed) between 29 and 512),
  -- HMAC of the fields and the ps_id: tells whether they changed, and not whether two pupils' are alike.
  fields_digest bytea not null check (octet_length(fields_digest) = 32),
  recorded_at timestamptz not null default now(),
  primary key (school_id, class_id, ps_id)
);

create index pupil_record_by_class on pupil_record (class_id, ps_id);
create index pupil_record_by_pupil on pupil_record (school_id, ps_id);

alter table data_key enable row level security;
alter table data_key force row level security;
alter table pupil_record enable row level security;
alter table pupil_record force row level security;

grant select, insert on data_key to ${service}_school;
grant select on data_key to ${service}_class;
grant select, insert, delete, update (upload_id, fields_sealed, fields_digest, recorded_at) on pupil_record
  to ${service}_school;
grant select on pupil_record to ${service}_class;

create policy school_reads on data_key for select to ${service}_school
  using (school_id = any ((select scope.schools('sensitive:read'))::uuid[]));
create policy school_adds on data_key for insert to ${service}_school
  with check (school_id = any ((select scope.schools('sensitive:write'))::uuid[]));
create policy class_reads on data_key for select to ${service}_class
  using (school_id = any ((select scope.class_schools('sensitive:read'))::uuid[]));

create policy school_reads on pupil_record for select to ${service}_school
  using (school_id = any ((select scope.schools('sensitive:read'))::uuid[]));
create policy school_adds on pupil_record for insert to ${service}_school
  with check (school_id = any ((select scope.schools('sensitive:write'))::uuid[]));
create policy school_changes on pupil_record for update to ${service}_school
  using (school_id = any ((select scope.schools('sensitive:write'))::uuid[]))
  with check (school_id = any ((select scope.schools('sensitive:write'))::uuid[]));
-- A pupil who leaves a class must no longer be seen by those who see that class.
create policy school_removes on pupil_record for delete to ${service}_school
  using (school_id = any ((select scope.schools('sensitive:write'))::uuid[]));
create policy class_reads on pupil_record for select to ${service}_class
  using (class_id = any ((select scope.classes('sensitive:read'))::uuid[])
    -- A row that another school wrote under this class is not this class's row.
    and school_id = any ((select scope.class_schools('sensitive:read'))::uuid[]));
