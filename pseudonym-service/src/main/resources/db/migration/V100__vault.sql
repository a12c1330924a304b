-- The vault (policy D4, D8): which pupil a ps_id stands for, told to nobody who has no key of that school.

-- Data keys, wrapped by the school's key-encryption key, which is not here. Nobody may change or delete one:
-- what was sealed with it would be lost.
create table data_key (
  school_id uuid not null,
  purpose text not null check (purpose ~ '^[a-z][a-z-]{0,31}$'),
  wrapped bytea not null check (octet_length(wrapped) between 1 and 4096),
  created_at timestamptz not null default now(),
  primary key (school_id, purpose)
);

create table pupil (
  school_id uuid not null,
  -- Random, hence version 4: an id that is derived from something could be derived again.
  ps_id uuid not null check (uuid_extract_version(ps_id) = 4),
  -- HMAC of the enrollment id under the school's key: finds a pupil, tells nothing.
  lookup bytea not null check (octet_length(lookup) = 32),
  -- The enrollment id, encrypted and bound to this school, column and ps_id.
  enrollment_id_sealed bytea not null check (octet_length(enrollment_id_sealed) between 29 and 128),
  -- HMAC of the normalised postcode under the school's key; the postcode itself is nowhere.
  postcode_hash bytea check (octet_length(postcode_hash) = 32),
  enrolled_at timestamptz not null default now(),
  changed_at timestamptz not null default now(),
  primary key (school_id, ps_id),
  unique (school_id, lookup)
);

create table pupil_class (
  school_id uuid not null,
  ps_id uuid not null,
  class_id uuid not null,
  primary key (school_id, ps_id, class_id),
  foreign key (school_id, ps_id) references pupil (school_id, ps_id)
);

alter table data_key enable row level security;
alter table data_key force row level security;
alter table pupil enable row level security;
alter table pupil force row level security;
alter table pupil_class enable row level security;
alter table pupil_class force row level security;

-- Only whole schools, and only who may write the vault; the role for classes has nothing to do here.
grant select, insert on data_key to ${service}_school;
grant select, insert, update (postcode_hash, changed_at) on pupil to ${service}_school;
grant select, insert on pupil_class to ${service}_school;

create policy school_reads on data_key for select to ${service}_school
  using (school_id = any ((select scope.schools('vault:write'))::uuid[]));
create policy school_adds on data_key for insert to ${service}_school
  with check (school_id = any ((select scope.schools('vault:write'))::uuid[]));

create policy school_reads on pupil for select to ${service}_school
  using (school_id = any ((select scope.schools('vault:write'))::uuid[]));
create policy school_adds on pupil for insert to ${service}_school
  with check (school_id = any ((select scope.schools('vault:write'))::uuid[]));
create policy school_changes on pupil for update to ${service}_school
  using (school_id = any ((select scope.schools('vault:write'))::uuid[]))
  with check (school_id = any ((select scope.schools('vault:write'))::uuid[]));

create policy school_reads on pupil_class for select to ${service}_school
  using (school_id = any ((select scope.schools('vault:write'))::uuid[]));
create policy school_adds on pupil_class for insert to ${service}_school
  with check (school_id = any ((select scope.schools('vault:write'))::uuid[]));
