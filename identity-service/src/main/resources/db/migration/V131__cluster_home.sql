-- A party says whose cluster it is in: the home school and the id, which together are the cluster's key. What is in a cluster
-- is found from a school's own row through that key, and never by a cluster's id alone.
alter table cluster_party add column home_id uuid;

-- What is there already. The owner sees it for the length of this transaction, which locks the tables.
alter table cluster no force row level security;
alter table cluster_party no force row level security;
update cluster_party p set home_id = c.school_id from cluster c where c.cluster_id = p.cluster_id;
alter table cluster force row level security;
alter table cluster_party force row level security;

alter table cluster_party alter column home_id set not null;
alter table cluster_party add foreign key (home_id, cluster_id) references cluster (school_id, cluster_id);
drop index cluster_party_by_cluster;
create index cluster_party_by_home on cluster_party (home_id, cluster_id);

grant create on schema entry to ${service}_clerk;
set local role ${service}_clerk;

-- The schools in a cluster that a school is in itself; nothing where it is not.
create function entry.parties(school uuid, cluster uuid) returns setof public.cluster_party
  language sql stable rows 4
begin atomic
  select p.* from public.cluster_party mine
    join public.cluster_party p on p.home_id = mine.home_id and p.cluster_id = mine.cluster_id
  where mine.school_id = school and mine.cluster_id = cluster;
end;

-- Schools of the scope that it may manage, and that are with us still.
create function entry.managed() returns uuid[]
  language sql stable
begin atomic
  select array(
    select s.school_id from public.school s
    where s.school_id = any (scope.schools('identity:manage')) and s.left_at is null);
end;

-- A cluster works when it is open, its home school is with us, and every school in it that is still with us has approved.
create function entry.cluster_works(home uuid, cluster uuid) returns boolean
  language sql stable
begin atomic
  select exists (
      select from public.cluster c join public.school s on s.school_id = c.school_id and s.left_at is null
      where c.school_id = home and c.cluster_id = cluster and c.closed_at is null)
    and not exists (
      select from public.cluster_party p
        join public.school s on s.school_id = p.school_id and s.left_at is null
        left join public.cluster_approval a on a.school_id = p.school_id and a.cluster_id = p.cluster_id
      where p.home_id = home and p.cluster_id = cluster and a.approved_at is null);
end;

-- The cells that an account holds through clusters that work, as long as the school that gave it to them is with us; a whole
-- school comes with its open classes.
create or replace function entry.cells(account uuid) returns jsonb
  language sql stable
begin atomic
  select coalesce(jsonb_agg(jsonb_build_object(
      'cluster', c.cluster_id, 'school', c.school_id, 'whole', c.class_id is null, 'classes', coalesce(k.ids, '{}'))
      order by c.cluster_id, c.school_id, c.class_id), '[]'::jsonb)
  from public.cluster_account a
    join public.school giver on giver.school_id = a.school_id and giver.left_at is null
    cross join lateral entry.parties(a.school_id, a.cluster_id) p
    join public.school s on s.school_id = p.school_id and s.left_at is null
    join public.cluster_cell c on c.school_id = p.school_id and c.cluster_id = p.cluster_id
    cross join lateral (
      select array_agg(open.class_id order by open.class_id) as ids from public.school_class open
      where open.school_id = c.school_id and open.closed_at is null
        and (c.class_id is null or open.class_id = c.class_id)) k
  where a.account_id = account and entry.cluster_works(p.home_id, p.cluster_id);
end;

create or replace function entry.cluster_view(cluster uuid) returns jsonb
  language sql stable
begin atomic
  select jsonb_build_object(
    'id', c.cluster_id, 'name', c.name, 'home', c.school_id, 'createdAt', c.created_at,
    'closed', c.closed_at is not null, 'works', entry.cluster_works(c.school_id, c.cluster_id),
    'cells', (
      select jsonb_agg(jsonb_build_object('school', e.school_id, 'class', e.class_id) order by e.school_id, e.class_id)
      from public.cluster_party p
        join public.cluster_cell e on e.school_id = p.school_id and e.cluster_id = p.cluster_id
      where p.home_id = c.school_id and p.cluster_id = c.cluster_id),
    'approvals', (
      select jsonb_agg(jsonb_build_object('school', p.school_id, 'approvedAt', a.approved_at) order by p.school_id)
      from public.cluster_party p
        left join public.cluster_approval a on a.school_id = p.school_id and a.cluster_id = p.cluster_id
      where p.home_id = c.school_id and p.cluster_id = c.cluster_id),
    'accounts', (
      select coalesce(jsonb_agg(jsonb_build_object('school', h.school_id, 'account', h.account_id)
        order by h.school_id, h.account_id), '[]'::jsonb)
      from public.cluster_party p
        join public.cluster_account h on h.school_id = p.school_id and h.cluster_id = p.cluster_id
      where p.home_id = c.school_id and p.cluster_id = c.cluster_id))
  from public.cluster c where c.cluster_id = cluster;
end;

drop function entry.cluster_works(uuid);

create or replace function entry.clusters(after uuid, at_most integer) returns setof jsonb
  language plpgsql stable security definer
  set search_path = pg_catalog, pg_temp
as $$
begin
  return query
    select entry.cluster_view(p.cluster_id) from public.cluster_party p
    where p.school_id = any (entry.managed()) and (after is null or p.cluster_id > after)
    group by p.cluster_id order by p.cluster_id limit at_most;
end
$$;

create or replace function entry.cluster(id uuid) returns jsonb
  language plpgsql stable security definer
  set search_path = pg_catalog, pg_temp
as $$
begin
  if not exists (select from public.cluster_party p where p.cluster_id = id and p.school_id = any (entry.managed())) then
    return null;
  end if;
  return entry.cluster_view(id);
end
$$;

-- Takes an account out of a cluster: any school in the cluster may.
create or replace function entry.leave_cluster(id uuid, by_school uuid, account uuid) returns boolean
  language plpgsql volatile security definer
  set search_path = pg_catalog, pg_temp
as $$
begin
  perform entry.demand_school(by_school, 'identity:manage');
  if not exists (select from entry.parties(by_school, id)) then
    raise insufficient_privilege using message = 'not a cluster of this school';
  end if;
  delete from public.cluster_account a using entry.parties(by_school, id) p
    where a.school_id = p.school_id and a.cluster_id = p.cluster_id and a.account_id = account;
  return found;
end
$$;

-- What became of a cluster, for each school in it: newest first, from a change on.
create or replace function entry.cluster_history(id uuid, before_at timestamptz, before_id uuid, at_most integer)
  returns table (change uuid, at timestamptz, school uuid, actor uuid, subject text, before jsonb, after jsonb)
  language plpgsql stable security definer
  set search_path = pg_catalog, pg_temp
as $$
begin
  return query
    select h.change_id, h.changed_at, h.school_id, h.actor, h.subject, h.before, h.after
    from (
      select distinct p.school_id, p.cluster_id
      from unnest(entry.managed()) as mine(school) cross join lateral entry.parties(mine.school, id) p) as p
      join public.history h on h.school_id = p.school_id
    where coalesce(h.after, h.before) ->> 'cluster_id' = p.cluster_id::text
      and (before_at is null or (h.changed_at, h.change_id) < (before_at, before_id))
    order by h.changed_at desc, h.change_id desc limit at_most;
end
$$;

create or replace function entry.assigning() returns trigger
  language plpgsql volatile security definer
  set search_path = pg_catalog, pg_temp
as $$
declare
  each uuid;
begin
  for each in select p.school_id from entry.parties(new.school_id, new.cluster_id) p order by p.school_id loop
    perform pg_advisory_xact_lock_shared(entry.school_lock(each));
  end loop;
  return new;
end
$$;

-- Who has a cluster that a school is in, whichever school of it gave it to them.
create function entry.holders(school uuid, cluster uuid) returns setof uuid
  language sql stable
begin atomic
  select a.account_id from entry.parties(school, cluster) p
    join public.cluster_account a on a.school_id = p.school_id and a.cluster_id = p.cluster_id;
end;

create or replace function entry.cluster_lost_approval() returns trigger
  language plpgsql volatile security definer
  set search_path = pg_catalog, pg_temp
as $$
declare
  each uuid;
begin
  for each in select distinct g.school_id from gone g order by g.school_id loop
    perform pg_advisory_xact_lock(entry.school_lock(each));
  end loop;
  perform entry.revoke(array(
    select h.account from gone g cross join lateral entry.holders(g.school_id, g.cluster_id) as h(account)));
  return null;
end
$$;

create or replace function entry.class_closed() returns trigger
  language plpgsql volatile security definer
  set search_path = pg_catalog, pg_temp
as $$
begin
  perform pg_advisory_xact_lock(entry.school_lock(new.school_id));
  perform entry.revoke(array(
    select h.account from public.cluster_cell c
      cross join lateral entry.holders(c.school_id, c.cluster_id) as h(account)
      where c.school_id = new.school_id and (c.class_id is null or c.class_id = new.class_id)));
  return null;
end
$$;

create or replace function entry.cluster_closed() returns trigger
  language plpgsql volatile security definer
  set search_path = pg_catalog, pg_temp
as $$
begin
  perform pg_advisory_xact_lock(entry.school_lock(new.school_id));
  -- The school that made it has a cell in it.
  perform entry.revoke(array(select h.account from entry.holders(new.school_id, new.cluster_id) as h(account)));
  return null;
end
$$;

set local role none;
revoke create on schema entry from ${service}_clerk;
