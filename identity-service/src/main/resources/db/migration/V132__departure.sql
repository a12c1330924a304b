-- What a school gives, and its departure, exclude each other. Whoever writes a row by which a school gives something holds the
-- school's lock shared until the commit, and looks only then whether it is with us; a departure holds it alone, and ends what it
-- finds. A membership is held by its invitation's row instead (V123), an errand by its consent's (V122).
grant create on schema entry to ${service}_clerk;
set local role ${service}_clerk;

create function entry.with_us(school uuid) returns boolean
  language plpgsql volatile
  set search_path = pg_catalog, pg_temp
as $$
begin
  perform pg_advisory_xact_lock_shared(entry.school_lock(school));
  -- Being volatile, the function reads what was committed until now, the lock being held.
  return exists (select from public.school s where s.school_id = school and s.left_at is null);
end
$$;

create function entry.demand_with_us() returns trigger
  language plpgsql volatile security definer
  set search_path = pg_catalog, pg_temp
as $$
begin
  if not entry.with_us(new.school_id) then
    raise insufficient_privilege using message = 'the school has left';
  end if;
  return null;
end
$$;

create or replace function entry.demand_school(school uuid, permission text) returns void
  language plpgsql stable
  set search_path = pg_catalog, pg_temp
as $$
begin
  if school = any (scope.schools(permission)) is not true
    or not exists (select from public.school s where s.school_id = school and s.left_at is null) then
    raise insufficient_privilege using message = 'no scope for this school';
  end if;
end
$$;

-- Proposes a cluster; the proposing school has agreed with that. False where the id is taken, whoever has it. A school that is
-- not with us and a class that is not open are refused as such that are not there.
create or replace function entry.propose_cluster(id uuid, home uuid, called text, schools uuid[], classes uuid[])
  returns boolean
  language plpgsql volatile security definer
  set search_path = pg_catalog, pg_temp
as $$
declare
  each uuid;
begin
  perform entry.demand_school(home, 'identity:manage');
  if home = any (schools) is not true then
    raise insufficient_privilege using message = 'a cluster holds a cell of the school that makes it';
  end if;
  -- In one order, so that two never wait for each other in a circle.
  for each in select distinct s from unnest(schools) s order by s loop
    if not entry.with_us(each) then
      raise foreign_key_violation using message = 'no such cell';
    end if;
  end loop;
  if exists (
    select from unnest(schools, classes) as c (school, class)
    where c.class is not null and not exists (
      select from public.school_class k
      where k.school_id = c.school and k.class_id = c.class and k.closed_at is null))
  then
    raise foreign_key_violation using message = 'no such cell';
  end if;
  insert into public.cluster (school_id, cluster_id, name) values (home, id, called) on conflict do nothing;
  if not found then
    return false;
  end if;
  insert into public.cluster_party (school_id, cluster_id, home_id) select distinct s, id, home from unnest(schools) s;
  insert into public.cluster_cell (school_id, cluster_id, class_id)
    select distinct c.school, id, c.class from unnest(schools, classes) as c (school, class);
  insert into public.cluster_approval (school_id, cluster_id) values (home, id);
  return true;
end
$$;

create or replace function entry.lease(account uuid) returns jsonb
  language sql stable
begin atomic
  select jsonb_build_object('id', l.lease_id, 'school', l.school_id, 'reason', l.reason, 'takenAt', l.taken_at,
      'expiresAt', l.expires_at)
  from public.employee_lease l join public.school s on s.school_id = l.school_id and s.left_at is null
  where l.account_id = account and l.ended_at is null and entry.lease_live(l, clock_timestamp());
end;

-- Takes the one lease of the scope's account; what it held before ends in the same transaction.
create or replace function entry.take_lease(id uuid, of_school uuid, because text)
  returns table (taken_at timestamptz, expires_at timestamptz, ended_lease uuid, ended_school uuid)
  language plpgsql volatile security definer
  set search_path = pg_catalog, pg_temp
as $$
declare
  me uuid := scope.account();
  before public.employee_lease;
  taken public.employee_lease;
begin
  perform entry.demand('session:take');
  if not entry.with_us(of_school) then
    raise no_data_found using message = 'no such school';
  end if;
  -- One taker at a time for one account. Were this lock missing, the unique index would still refuse the second.
  perform pg_advisory_xact_lock(hashtext('employee_lease'), hashtext(me::text));
  update public.employee_lease l
    set ended_at = clock_timestamp(),
        ended_why = case when entry.lease_live(l, clock_timestamp()) then 'replaced' else 'lapsed' end
    where l.account_id = me and l.ended_at is null
    returning l.* into before;
  insert into public.employee_lease as l (school_id, lease_id, account_id, reason)
    values (of_school, id, me, because) returning l.* into taken;
  return query select taken.taken_at, taken.expires_at, before.lease_id, before.school_id;
end
$$;

-- Whether this is the live lease of this account; being asked is its use. Use is noted at most every 20 seconds, so
-- that a busy employee costs reads, not writes; a lease may so lapse up to 20 seconds early, never late.
create or replace function entry.check_lease(lease uuid, account uuid) returns boolean
  language plpgsql volatile security definer
  set search_path = pg_catalog, pg_temp
as $$
declare
  held public.employee_lease;
begin
  perform entry.demand('identity:check-lease');
  select l.* into held from public.employee_lease l
    join public.school s on s.school_id = l.school_id and s.left_at is null
    where l.lease_id = lease and l.account_id = account;
  if not found or not entry.lease_live(held, clock_timestamp()) then
    return false;
  end if;
  if held.used_at < clock_timestamp() - interval '20 seconds' then
    -- Only of a lease that is alive still: one that ended meanwhile must not look used.
    update public.employee_lease l set used_at = clock_timestamp()
      where l.school_id = held.school_id and l.lease_id = held.lease_id and l.account_id = held.account_id
        and l.ended_at is null;
    return found;
  end if;
  return true;
end
$$;

create or replace function entry.leave(of_school uuid, with_urn text) returns boolean
  language plpgsql volatile security definer
  set search_path = pg_catalog, pg_temp
as $$
begin
  perform entry.demand_school(of_school, 'identity:manage');
  update public.school s set left_at = clock_timestamp()
    where s.school_id = of_school and s.urn = with_urn and s.left_at is null;
  if not found then
    return false;
  end if;
  -- What the school just gave is waited for, and ended with the rest; what comes later meets a school that has left.
  perform pg_advisory_xact_lock(entry.school_lock(of_school));
  update public.invitation i set revoked_at = clock_timestamp()
    where i.school_id = of_school and i.account_id is null and i.revoked_at is null;
  perform entry.revoke(array(
    select m.account_id from public.membership m where m.school_id = of_school
    union
    select h.account from public.cluster_party mine
      cross join lateral entry.holders(mine.school_id, mine.cluster_id) as h(account)
      where mine.school_id = of_school));
  update public.cluster c set closed_at = clock_timestamp() where c.school_id = of_school and c.closed_at is null;
  update public.employee_lease l set ended_at = clock_timestamp(), ended_why = 'ended'
    where l.school_id = of_school and l.ended_at is null;
  delete from public.consent c where c.school_id = of_school;
  return true;
end
$$;

grant execute on function entry.demand_with_us() to ${service}_owner;
set local role none;
revoke create on schema entry from ${service}_clerk;

-- After the row, so that row security has refused by then what is not the scope's own, and nobody is told whether it is with us.
-- Their name comes last of each table's triggers: a class that closes takes the lock alone before it would take it shared.
do $$
declare
  each text;
begin
  foreach each in array array[
    'invitation', 'cluster', 'cluster_party', 'cluster_approval', 'cluster_account', 'consent', 'employee_lease']
  loop
    execute format(
      'create trigger with_us after insert on %I for each row execute function entry.demand_with_us()', each);
  end loop;
end
$$;
create trigger with_us after insert or update on school_class
  for each row execute function entry.demand_with_us();
