-- Schools and their classes. Who may see a school is decided by the sealed scope, as in every other database.
-- The clerk owns the functions of schema "entry" and can't log in: what must cross schools, or must work before
-- anybody has a scope, goes through those functions and nowhere else.
create table school (
  school_id uuid primary key,
  name text not null check (char_length(btrim(name)) between 1 and 200),
  urn text not null check (urn ~ '^[A-Za-z0-9-]{1,20}$'),
  created_by uuid not null default scope.account(),
  created_at timestamptz not null default now(),
  left_at timestamptz
);

create table school_class (
  school_id uuid not null references school,
  class_id uuid not null,
  -- What uploads call the class.
  code text not null check (code ~ '^[A-Za-z0-9][A-Za-z0-9 ._&()/-]{0,39}$'),
  subject text not null check (subject ~ '^[A-Za-z0-9][A-Za-z0-9 .&/-]{0,39}$'),
  year_group text not null check (year_group ~ '^[A-Za-z0-9][A-Za-z0-9 /-]{0,19}$'),
  version integer not null default 1,
  created_by uuid not null default scope.account(),
  created_at timestamptz not null default now(),
  closed_at timestamptz,
  primary key (school_id, class_id)
);

-- A closed class gives its code free for the next year's.
create unique index school_class_code on school_class (school_id, code) where closed_at is null;
create index school_class_by_id on school_class (class_id);

alter table school enable row level security;
alter table school force row level security;
alter table school_class enable row level security;
alter table school_class force row level security;

grant select on school to ${service}_school, ${service}_class;
grant select on school_class to ${service}_school, ${service}_class;
grant insert (school_id, class_id, code, subject, year_group) on school_class to ${service}_school;
grant update (code, subject, year_group, version, closed_at) on school_class to ${service}_school;

create policy school_reads on school for select to ${service}_school
  using (school_id = any ((select scope.schools('identity:read'))::uuid[]));
create policy class_reads on school for select to ${service}_class
  using (school_id = any ((select scope.class_schools('identity:read'))::uuid[]));

create policy school_reads on school_class for select to ${service}_school
  using (school_id = any ((select scope.schools('identity:read'))::uuid[]));
create policy school_adds on school_class for insert to ${service}_school
  with check (school_id = any ((select scope.schools('identity:manage'))::uuid[]));
create policy school_changes on school_class for update to ${service}_school
  using (school_id = any ((select scope.schools('identity:manage'))::uuid[]))
  with check (school_id = any ((select scope.schools('identity:manage'))::uuid[]));
create policy class_reads on school_class for select to ${service}_class
  using (class_id = any ((select scope.classes('identity:read'))::uuid[])
    and school_id = any ((select scope.class_schools('identity:read'))::uuid[]));

grant select, insert, update on school to ${service}_clerk;
grant select on school_class to ${service}_clerk;
create policy clerk_reads on school for select to ${service}_clerk using (true);
create policy clerk_adds on school for insert to ${service}_clerk with check (true);
create policy clerk_changes on school for update to ${service}_clerk using (true) with check (true);
create policy clerk_reads on school_class for select to ${service}_clerk using (true);
