-- Clusters of schools and classes (policy D12). Each school in a cluster has its own rows, so that each of them
-- sees and decides its own part; a cluster works once every one of them has approved.
create table cluster (
  -- The school whose admin made it.
  school_id uuid not null references school,
  cluster_id uuid not null,
  name text not null check (char_length(btrim(name)) between 1 and 100),
  created_by uuid not null default scope.account(),
  created_at timestamptz not null default now(),
  closed_at timestamptz,
  primary key (school_id, cluster_id)
);

create index cluster_by_id on cluster (cluster_id);

-- A school that is in a cluster, with the whole of it or with some classes.
create table cluster_party (
  school_id uuid not null references school,
  cluster_id uuid not null,
  primary key (school_id, cluster_id)
);

create index cluster_party_by_cluster on cluster_party (cluster_id);

create table cluster_cell (
  school_id uuid not null,
  cluster_id uuid not null,
  cell_id uuid not null default gen_random_uuid(),
  -- Null stands for the whole school.
  class_id uuid,
  primary key (school_id, cluster_id, cell_id),
  unique nulls not distinct (school_id, cluster_id, class_id),
  foreign key (school_id, cluster_id) references cluster_party,
  foreign key (school_id, class_id) references school_class
);

create index cluster_cell_by_cluster on cluster_cell (cluster_id);

create table cluster_approval (
  school_id uuid not null,
  cluster_id uuid not null,
  approved_by uuid not null default scope.account(),
  approved_at timestamptz not null default now(),
  primary key (school_id, cluster_id),
  foreign key (school_id, cluster_id) references cluster_party
);

-- An admin assigns the teachers of the own school. Who is no longer a teacher there loses the cluster with it.
create table cluster_account (
  school_id uuid not null,
  cluster_id uuid not null,
  account_id uuid not null,
  role text not null default 'teacher' check (role = 'teacher'),
  assigned_by uuid not null default scope.account(),
  assigned_at timestamptz not null default now(),
  primary key (school_id, cluster_id, account_id),
  foreign key (school_id, cluster_id) references cluster_party,
  foreign key (school_id, account_id, role) references membership on delete cascade
);

create index cluster_account_by_account on cluster_account (account_id);
create index cluster_account_by_cluster on cluster_account (cluster_id);

alter table cluster enable row level security;
alter table cluster force row level security;
alter table cluster_party enable row level security;
alter table cluster_party force row level security;
alter table cluster_cell enable row level security;
alter table cluster_cell force row level security;
alter table cluster_approval enable row level security;
alter table cluster_approval force row level security;
alter table cluster_account enable row level security;
alter table cluster_account force row level security;

grant select on cluster, cluster_party, cluster_cell, cluster_approval, cluster_account to ${service}_school;
grant insert (school_id, cluster_id) on cluster_approval to ${service}_school;
grant delete on cluster_approval to ${service}_school;
grant insert (school_id, cluster_id, account_id) on cluster_account to ${service}_school;

create policy school_reads on cluster for select to ${service}_school
  using (school_id = any ((select scope.schools('identity:manage'))::uuid[]));
create policy school_reads on cluster_party for select to ${service}_school
  using (school_id = any ((select scope.schools('identity:manage'))::uuid[]));
create policy school_reads on cluster_cell for select to ${service}_school
  using (school_id = any ((select scope.schools('identity:manage'))::uuid[]));
create policy school_reads on cluster_approval for select to ${service}_school
  using (school_id = any ((select scope.schools('identity:manage'))::uuid[]));
create policy school_adds on cluster_approval for insert to ${service}_school
  with check (school_id = any ((select scope.schools('identity:manage'))::uuid[]));
create policy school_removes on cluster_approval for delete to ${service}_school
  using (school_id = any ((select scope.schools('identity:manage'))::uuid[]));
create policy school_reads on cluster_account for select to ${service}_school
  using (school_id = any ((select scope.schools('identity:manage'))::uuid[]));
create policy school_adds on cluster_account for insert to ${service}_school
  with check (school_id = any ((select scope.schools('identity:manage'))::uuid[]));

grant select, insert, update on cluster to ${service}_clerk;
grant select, insert on cluster_party, cluster_cell, cluster_approval to ${service}_clerk;
grant select, delete on cluster_account to ${service}_clerk;
create policy clerk_reads on cluster for select to ${service}_clerk using (true);
create policy clerk_adds on cluster for insert to ${service}_clerk with check (true);
create policy clerk_changes on cluster for update to ${service}_clerk using (true) with check (true);
create policy clerk_reads on cluster_party for select to ${service}_clerk using (true);
create policy clerk_adds on cluster_party for insert to ${service}_clerk with check (true);
create policy clerk_reads on cluster_cell for select to ${service}_clerk using (true);
create policy clerk_adds on cluster_cell for insert to ${service}_clerk with check (true);
create policy clerk_reads on cluster_approval for select to ${service}_clerk using (true);
create policy clerk_adds on cluster_approval for insert to ${service}_clerk with check (true);
create policy clerk_reads on cluster_account for select to ${service}_clerk using (true);
create policy clerk_removes on cluster_account for delete to ${service}_clerk using (true);
