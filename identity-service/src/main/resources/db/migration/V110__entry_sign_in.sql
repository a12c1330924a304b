-- What must work before anybody has a scope. Each function demands a sealed scope all the same: identity seals one
-- for itself, with a permission that no role has, so that SQL injected under a person's scope can call none of them.
create function entry.demand(permission text) returns void
  language plpgsql stable
  set search_path = pg_catalog, pg_temp
as $$
begin
  if not coalesce(scope.permits(permission), false) then
    raise insufficient_privilege using message = 'no scope for this';
  end if;
end
$$;

create function entry.demand_school(school uuid, permission text) returns void
  language plpgsql stable
  set search_path = pg_catalog, pg_temp
as $$
begin
  if school is null or school <> all (coalesce(scope.schools(permission), '{}')) then
    raise insufficient_privilege using message = 'no scope for this school';
  end if;
end
$$;

create function entry.lease_live(l public.employee_lease, at timestamptz) returns boolean
  language sql stable
begin atomic
  select l.ended_at is null and at < l.expires_at and at < l.used_at + interval '30 minutes';
end;

-- A cluster works when it is open and every school in it that is still with us has approved.
create function entry.cluster_works(cluster uuid) returns boolean
  language sql stable
begin atomic
  select exists (select from public.cluster c where c.cluster_id = cluster and c.closed_at is null)
    and not exists (
      select from public.cluster_party p
        join public.school s on s.school_id = p.school_id and s.left_at is null
        left join public.cluster_approval a on a.school_id = p.school_id and a.cluster_id = p.cluster_id
      where p.cluster_id = cluster and a.approved_at is null);
end;

create function entry.memberships(account uuid) returns jsonb
  language sql stable
begin atomic
  select coalesce(jsonb_agg(jsonb_build_object('school', m.school_id, 'role', m.role, 'since', m.since)
      order by m.since, m.school_id, m.role), '[]'::jsonb)
  from public.membership m join public.school s on s.school_id = m.school_id and s.left_at is null
  where m.account_id = account;
end;

-- The cells that an account holds through clusters that work; a whole school comes with its open classes.
create function entry.cells(account uuid) returns jsonb
  language sql stable
begin atomic
  select coalesce(jsonb_agg(jsonb_build_object(
      'cluster', c.cluster_id, 'school', c.school_id, 'whole', c.class_id is null, 'classes', coalesce(k.ids, '{}'))
      order by c.cluster_id, c.school_id, c.class_id), '[]'::jsonb)
  from public.cluster_account a
    join public.cluster_cell c on c.cluster_id = a.cluster_id
    join public.school s on s.school_id = c.school_id and s.left_at is null
    cross join lateral (
      select array_agg(open.class_id order by open.class_id) as ids from public.school_class open
      where open.school_id = c.school_id and open.closed_at is null
        and (c.class_id is null or open.class_id = c.class_id)) k
  where a.account_id = account and entry.cluster_works(a.cluster_id);
end;

create function entry.lease(account uuid) returns jsonb
  language sql stable
begin atomic
  select jsonb_build_object('id', l.lease_id, 'school', l.school_id, 'reason', l.reason, 'takenAt', l.taken_at,
      'expiresAt', l.expires_at)
  from public.employee_lease l
  where l.account_id = account and l.ended_at is null and entry.lease_live(l, clock_timestamp());
end;

create function entry.open_invitations(invited_by_provider text, addresses text[]) returns jsonb
  language sql stable
begin atomic
  select coalesce(jsonb_agg(jsonb_build_object('id', i.invitation_id, 'school', i.school_id, 'role', i.role,
      'realm', i.realm, 'expiresAt', i.expires_at) order by i.invited_at, i.invitation_id), '[]'::jsonb)
  from public.invitation i join public.school s on s.school_id = i.school_id and s.left_at is null
  where i.address = any (addresses) and i.provider = invited_by_provider
    and i.account_id is null and i.revoked_at is null and i.expires_at > clock_timestamp();
end;

-- Everything that decides what one person or machine may do, and nothing about any other.
create function entry.standing(of_provider text, of_realm text, of_subject text, addresses text[])
  returns jsonb
  language plpgsql stable security definer
  set search_path = pg_catalog, pg_temp
as $$
declare
  account uuid;
begin
  perform entry.demand('identity:sign-in');
  select a.account_id into account from public.account a
    where a.provider = of_provider and a.realm = of_realm and a.subject = of_subject;
  return jsonb_build_object(
    'account', account,
    'staff', (select coalesce(jsonb_agg(s.staff_key), '[]') from public.staff s where s.account_id = account),
    'memberships', entry.memberships(account),
    'cells', entry.cells(account),
    'lease', entry.lease(account),
    'invitations', entry.open_invitations(of_provider, addresses));
end
$$;

-- The account of a key, made if it is new. Of two sign-ins at once one makes it, the other finds it.
create function entry.account_for(candidate uuid, of_provider text, of_realm text, of_subject text) returns uuid
  language plpgsql volatile
  set search_path = pg_catalog, pg_temp
as $$
declare
  account uuid;
begin
  insert into public.account (account_id, provider, realm, subject)
    values (candidate, of_provider, of_realm, of_subject)
    on conflict (provider, realm, subject) do nothing;
  select a.account_id into account from public.account a
    where a.provider = of_provider and a.realm = of_realm and a.subject = of_subject;
  return account;
end
$$;

-- Binds invitations to an account, each at most once whoever comes at the same time.
create function entry.bind(candidate uuid, of_provider text, of_realm text, of_subject text, invitations uuid[])
  returns table (account uuid, invitation uuid, school uuid, role text)
  language plpgsql volatile security definer
  set search_path = pg_catalog, pg_temp
as $$
declare
  bound_to uuid;
begin
  perform entry.demand('identity:sign-in');
  bound_to := entry.account_for(candidate, of_provider, of_realm, of_subject);
  if exists (select from public.staff s where s.account_id = bound_to) then
    raise insufficient_privilege using message = 'an employee belongs to no school';
  end if;
  return query
    with taken as (
      update public.invitation i set account_id = bound_to, bound_at = clock_timestamp()
        where i.invitation_id = any (invitations) and i.provider = of_provider
          and i.account_id is null and i.revoked_at is null and i.expires_at > clock_timestamp()
        returning i.invitation_id, i.school_id, i.role),
    joined as (
      insert into public.membership (school_id, account_id, role, invitation_id)
        select t.school_id, bound_to, t.role, t.invitation_id from taken t
        on conflict do nothing)
    select bound_to, t.invitation_id, t.school_id, t.role from taken t;
end
$$;

-- Binds an entry of the staff file to an account, once; returns whose it is.
create function entry.bind_staff(candidate uuid, of_provider text, of_realm text, of_subject text, key text)
  returns table (account uuid, holder uuid)
  language plpgsql volatile security definer
  set search_path = pg_catalog, pg_temp
as $$
declare
  bound_to uuid;
begin
  perform entry.demand('identity:sign-in');
  bound_to := entry.account_for(candidate, of_provider, of_realm, of_subject);
  insert into public.staff (staff_key, account_id) values (key, bound_to) on conflict (staff_key) do nothing;
  return query select bound_to, s.account_id from public.staff s where s.staff_key = key;
end
$$;

-- What the holder of the scope is told about itself: why it sees what it sees.
create function entry.me() returns jsonb
  language plpgsql stable security definer
  set search_path = pg_catalog, pg_temp
as $$
declare
  me uuid := scope.account();
begin
  return jsonb_build_object(
    'memberships', entry.memberships(me),
    'clusters', (
      select coalesce(jsonb_agg(entry.cluster_view(a.cluster_id) - 'accounts' order by a.cluster_id), '[]')
      from public.cluster_account a where a.account_id = me),
    'lease', entry.lease(me));
end
$$;
