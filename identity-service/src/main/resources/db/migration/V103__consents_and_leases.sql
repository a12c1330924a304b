-- A school admin's standing consent for work with nobody at the keyboard.
create table consent (
  school_id uuid not null references school,
  purpose text not null check (purpose in ('backup', 'prediction')),
  given_by uuid not null default scope.account(),
  given_at timestamptz not null default now(),
  primary key (school_id, purpose)
);

-- An employee's exclusive hold on one school (policy D13). The unique index is the guarantee: whatever the code
-- does, the database holds one lease of an account that has not ended. A lease also dies 30 minutes after its last
-- use and 8 hours after it was taken; entry.lease_live says so, in one place.
create table employee_lease (
  school_id uuid not null references school,
  lease_id uuid not null,
  account_id uuid not null,
  reason text not null check (char_length(btrim(reason)) between 3 and 500),
  taken_at timestamptz not null default clock_timestamp(),
  used_at timestamptz not null default clock_timestamp(),
  expires_at timestamptz not null default clock_timestamp() + interval '8 hours',
  ended_at timestamptz,
  ended_why text check (ended_why in ('ended', 'replaced', 'lapsed')),
  primary key (school_id, lease_id),
  check ((ended_at is null) = (ended_why is null)),
  check (expires_at <= taken_at + interval '8 hours 1 second')
);

create unique index employee_lease_one_alive on employee_lease (account_id) where ended_at is null;
create index employee_lease_by_id on employee_lease (lease_id);

alter table consent enable row level security;
alter table consent force row level security;
alter table employee_lease enable row level security;
alter table employee_lease force row level security;

-- A school's admins see which employee held their school, when and why.
grant select on consent, employee_lease to ${service}_school;
grant insert (school_id, purpose) on consent to ${service}_school;
grant delete on consent to ${service}_school;

create policy school_reads on consent for select to ${service}_school
  using (school_id = any ((select scope.schools('identity:manage'))::uuid[]));
create policy school_adds on consent for insert to ${service}_school
  with check (school_id = any ((select scope.schools('identity:manage'))::uuid[]));
create policy school_removes on consent for delete to ${service}_school
  using (school_id = any ((select scope.schools('identity:manage'))::uuid[]));
create policy school_reads on employee_lease for select to ${service}_school
  using (school_id = any ((select scope.schools('identity:manage'))::uuid[]));

grant select on consent to ${service}_clerk;
grant select, insert, update on employee_lease to ${service}_clerk;
create policy clerk_reads on consent for select to ${service}_clerk using (true);
create policy clerk_reads on employee_lease for select to ${service}_clerk using (true);
create policy clerk_adds on employee_lease for insert to ${service}_clerk with check (true);
create policy clerk_changes on employee_lease for update to ${service}_clerk using (true) with check (true);
