-- Accounts are keyed on who says so and what it calls them: Google's issuer and subject, Microsoft's tenant and
-- object id. Never on an e-mail: that only finds an invitation, once.
create table account (
  account_id uuid primary key,
  provider text not null check (provider in ('google', 'microsoft')),
  realm text not null,
  subject text not null,
  created_at timestamptz not null default now(),
  unique (provider, realm, subject)
);

-- Which entry of the staff file an account was bound to. The file says what it may do, as long as it is in there.
create table staff (
  staff_key text primary key,
  account_id uuid not null,
  bound_at timestamptz not null default now()
);

create index staff_by_account on staff (account_id);

create table invitation (
  school_id uuid not null references school,
  invitation_id uuid not null,
  provider text not null check (provider in ('google', 'microsoft')),
  -- Google: the organisation's domain. Microsoft: the tenant's id.
  realm text not null check (realm = lower(realm) and char_length(realm) between 1 and 253),
  -- A person's e-mail, a service account's e-mail or an app registration's application id.
  address text not null check (address = lower(address) and char_length(address) between 3 and 254),
  role text not null check (role in ('admin', 'teacher', 'data-protection', 'partner-system')),
  invited_by uuid not null default scope.account(),
  invited_at timestamptz not null default now(),
  expires_at timestamptz not null default now() + interval '14 days',
  account_id uuid,
  bound_at timestamptz,
  revoked_at timestamptz,
  primary key (school_id, invitation_id),
  check ((account_id is null) = (bound_at is null))
);

create index invitation_by_address on invitation (address) where account_id is null;

create table membership (
  school_id uuid not null,
  account_id uuid not null,
  role text not null check (role in ('admin', 'teacher', 'data-protection', 'partner-system')),
  invitation_id uuid not null,
  since timestamptz not null default now(),
  primary key (school_id, account_id, role),
  foreign key (school_id, invitation_id) references invitation
);

create index membership_by_account on membership (account_id);

alter table account enable row level security;
alter table account force row level security;
alter table staff enable row level security;
alter table staff force row level security;
alter table invitation enable row level security;
alter table invitation force row level security;
alter table membership enable row level security;
alter table membership force row level security;

-- Who invited, since when and who took it up is not for the service's role to write.
grant select on invitation, membership to ${service}_school;
grant insert (school_id, invitation_id, provider, realm, address, role) on invitation to ${service}_school;
grant update (revoked_at) on invitation to ${service}_school;

create policy school_reads on invitation for select to ${service}_school
  using (school_id = any ((select scope.schools('identity:manage'))::uuid[]));
create policy school_adds on invitation for insert to ${service}_school
  with check (school_id = any ((select scope.schools('identity:manage'))::uuid[]));
create policy school_changes on invitation for update to ${service}_school
  using (school_id = any ((select scope.schools('identity:manage'))::uuid[]))
  with check (school_id = any ((select scope.schools('identity:manage'))::uuid[]));
create policy school_reads on membership for select to ${service}_school
  using (school_id = any ((select scope.schools('identity:manage'))::uuid[]));

grant select, insert on account, staff to ${service}_clerk;
grant select, insert, update on invitation to ${service}_clerk;
grant select, insert, delete on membership to ${service}_clerk;
create policy clerk_reads on account for select to ${service}_clerk using (true);
create policy clerk_adds on account for insert to ${service}_clerk with check (true);
create policy clerk_reads on staff for select to ${service}_clerk using (true);
create policy clerk_adds on staff for insert to ${service}_clerk with check (true);
create policy clerk_reads on invitation for select to ${service}_clerk using (true);
create policy clerk_adds on invitation for insert to ${service}_clerk with check (true);
create policy clerk_changes on invitation for update to ${service}_clerk using (true) with check (true);
create policy clerk_reads on membership for select to ${service}_clerk using (true);
create policy clerk_adds on membership for insert to ${service}_clerk with check (true);
create policy clerk_removes on membership for delete to ${service}_clerk using (true);
