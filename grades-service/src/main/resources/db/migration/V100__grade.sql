-- Historical and target grades, by ps_id (policy D6). Nothing here says who a pupil is.
create table grade (
  school_id uuid not null,
  class_id uuid not null,
  ps_id uuid not null,
  subject text not null check (subject ~ '^[A-Za-z0-9][A-Za-z0-9 .&/-]{0,39}$'),
  qualification text not null,
  period text not null,
  kind text not null check (kind in ('historical', 'target', 'predicted')),
  scale text not null,
  grade text not null check (length(grade) <= 8),
  -- Tenths of a point: numeric comparison is not leakproof and would lose its index under row security.
  points_tenths smallint not null,
  upload_id uuid not null,
  recorded_at timestamptz not null default now(),
  primary key (school_id, class_id, ps_id, subject, qualification, period, kind)
);

-- A class list reads by class; the key starts with the school because constraint checks bypass row security.
create index grade_by_class on grade (class_id, subject, kind, ps_id);

alter table grade enable row level security;
alter table grade force row level security;

grant select, insert, update on grade to ${service}_school;
grant select on grade to ${service}_class;

create policy school_reads on grade for select to ${service}_school
  using (school_id = any ((select scope.schools('grades:read'))::uuid[]));
create policy school_adds on grade for insert to ${service}_school
  with check (school_id = any ((select scope.schools('grades:write'))::uuid[]));
create policy school_changes on grade for update to ${service}_school
  using (school_id = any ((select scope.schools('grades:write'))::uuid[]))
  with check (school_id = any ((select scope.schools('grades:write'))::uuid[]));
create policy class_reads on grade for select to ${service}_class
  using (class_id = any ((select scope.classes('grades:read'))::uuid[])
    -- A row that another school wrote under this class is not this class's row.
    and school_id = any ((select scope.class_schools('grades:read'))::uuid[]));
