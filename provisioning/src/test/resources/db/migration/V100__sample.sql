-- A service as all of them are, for the test of the test.
create table mark (
  school_id uuid not null,
  class_id uuid not null,
  mark_id uuid not null,
  points smallint not null,
  cell text collate "C" not null generated always as (school_id::text || '/' || class_id::text) stored,
  primary key (school_id, mark_id)
);
alter table mark enable row level security;
alter table mark force row level security;
grant select, insert, update (points) on mark to ${service}_school;
grant select on mark to ${service}_class;
create policy school_reads on mark for select to ${service}_school
  using (school_id = any ((select scope.schools('marks:read'))::uuid[]));
create policy school_adds on mark for insert to ${service}_school
  with check (school_id = any ((select scope.schools('marks:write'))::uuid[]));
create policy school_changes on mark for update to ${service}_school
  using (school_id = any ((select scope.schools('marks:write'))::uuid[]))
  with check (school_id = any ((select scope.schools('marks:write'))::uuid[]));
create policy class_reads on mark for select to ${service}_class
  using (cell = any ((select scope.cells('marks:read'))::text[]));

create table term (
  school_id uuid not null,
  name text not null,
  primary key (school_id, name)
);
alter table term enable row level security;
alter table term force row level security;
grant select on term to ${service}_school, ${service}_class;
create policy school_reads on term for select to ${service}_school
  using (school_id = any ((select scope.schools('marks:read'))::uuid[]));
create policy class_reads on term for select to ${service}_class
  using (school_id = any ((select scope.class_schools('marks:read'))::uuid[]));

create table incident (
  incident_id uuid primary key,
  opened_by uuid not null
);
alter table incident enable row level security;
alter table incident force row level security;
grant select, insert on incident to ${service}_school;
create policy officer_reads on incident for select to ${service}_school
  using ((select scope.permits('incidents:manage')));
create policy officer_opens on incident for insert to ${service}_school
  with check ((select scope.permits('incidents:manage')) and opened_by = (select scope.account()));

create table notice (
  notice_id uuid primary key
);
alter table notice enable row level security;
alter table notice force row level security;
grant select on notice to ${service}_school;
create policy anybody_reads on notice for select to ${service}_school using (true);

create table ledger (
  school_id uuid not null,
  entry bytea not null,
  primary key (school_id, entry)
);
alter table ledger enable row level security;
alter table ledger force row level security;
