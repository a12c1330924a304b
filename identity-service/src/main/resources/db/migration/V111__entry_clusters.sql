-- What crosses schools. A function here answers or changes only for a school where the caller's sealed scope holds
-- "identity:manage", and only about clusters that this school is in.

create function entry.cluster_view(cluster uuid) returns jsonb
  language sql stable
begin atomic
  select jsonb_build_object(
    'id', c.cluster_id, 'name', c.name, 'home', c.school_id, 'createdAt', c.created_at,
    'closed', c.closed_at is not null, 'works', entry.cluster_works(c.cluster_id),
    'cells', (
      select jsonb_agg(jsonb_build_object('school', e.school_id, 'class', e.class_id) order by e.school_id, e.class_id)
      from public.cluster_cell e where e.cluster_id = c.cluster_id),
    'approvals', (
      select jsonb_agg(jsonb_build_object('school', p.school_id, 'approvedAt', a.approved_at) order by p.school_id)
      from public.cluster_party p
        left join public.cluster_approval a on a.school_id = p.school_id and a.cluster_id = p.cluster_id
      where p.cluster_id = c.cluster_id),
    'accounts', (
      select coalesce(jsonb_agg(jsonb_build_object('school', h.school_id, 'account', h.account_id)
        order by h.school_id, h.account_id), '[]'::jsonb)
      from public.cluster_account h where h.cluster_id = c.cluster_id))
  from public.cluster c where c.cluster_id = cluster;
end;

create function entry.clusters(after uuid, at_most integer) returns setof jsonb
  language plpgsql stable security definer
  set search_path = pg_catalog, pg_temp
as $$
begin
  return query
    select entry.cluster_view(p.cluster_id) from public.cluster_party p
    where p.school_id = any (coalesce(scope.schools('identity:manage'), '{}'))
      and (after is null or p.cluster_id > after)
    group by p.cluster_id order by p.cluster_id limit at_most;
end
$$;

create function entry.cluster(id uuid) returns jsonb
  language plpgsql stable security definer
  set search_path = pg_catalog, pg_temp
as $$
begin
  if not exists (select from public.cluster_party p where p.cluster_id = id
      and p.school_id = any (coalesce(scope.schools('identity:manage'), '{}'))) then
    return null;
  end if;
  return entry.cluster_view(id);
end
$$;

-- Proposes a cluster; the proposing school has agreed with that. False where it is there already.
create function entry.propose_cluster(id uuid, home uuid, called text, schools uuid[], classes uuid[])
  returns boolean
  language plpgsql volatile security definer
  set search_path = pg_catalog, pg_temp
as $$
begin
  perform entry.demand_school(home, 'identity:manage');
  if home <> all (schools) then
    raise insufficient_privilege using message = 'a cluster holds a cell of the school that makes it';
  end if;
  insert into public.cluster (school_id, cluster_id, name) values (home, id, called) on conflict do nothing;
  if not found then
    return false;
  end if;
  insert into public.cluster_party (school_id, cluster_id) select distinct s, id from unnest(schools) s;
  insert into public.cluster_cell (school_id, cluster_id, class_id)
    select distinct c.school, id, c.class from unnest(schools, classes) as c (school, class);
  insert into public.cluster_approval (school_id, cluster_id) values (home, id);
  return true;
end
$$;

-- Takes an account out of a cluster: any school in the cluster may.
create function entry.leave_cluster(id uuid, by_school uuid, account uuid) returns boolean
  language plpgsql volatile security definer
  set search_path = pg_catalog, pg_temp
as $$
begin
  perform entry.demand_school(by_school, 'identity:manage');
  if not exists (select from public.cluster_party p where p.cluster_id = id and p.school_id = by_school) then
    raise insufficient_privilege using message = 'not a cluster of this school';
  end if;
  delete from public.cluster_account a where a.cluster_id = id and a.account_id = account;
  return found;
end
$$;
