-- Takes the one lease of the scope's account; what it held before ends in the same transaction.
create function entry.take_lease(id uuid, of_school uuid, because text)
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
  if not exists (select from public.school s where s.school_id = of_school and s.left_at is null) then
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

-- Ends the lease of the scope's account; no row where it has none.
create function entry.end_lease() returns table (ended_lease uuid, ended_school uuid)
  language plpgsql volatile security definer
  set search_path = pg_catalog, pg_temp
as $$
begin
  perform entry.demand('session:take');
  return query
    update public.employee_lease l
      set ended_at = clock_timestamp(),
          ended_why = case when entry.lease_live(l, clock_timestamp()) then 'ended' else 'lapsed' end
      where l.account_id = scope.account() and l.ended_at is null
      returning l.lease_id, l.school_id;
end
$$;

-- Whether this is the live lease of this account; being asked is its use. Use is noted at most every 20 seconds, so
-- that a busy employee costs reads, not writes; a lease may so lapse up to 20 seconds early, never late.
create function entry.check_lease(lease uuid, account uuid) returns boolean
  language plpgsql volatile security definer
  set search_path = pg_catalog, pg_temp
as $$
declare
  held public.employee_lease;
begin
  perform entry.demand('identity:check-lease');
  select * into held from public.employee_lease l where l.lease_id = lease and l.account_id = account;
  if not found or not entry.lease_live(held, clock_timestamp()) then
    return false;
  end if;
  if held.used_at < clock_timestamp() - interval '20 seconds' then
    -- Only of a lease that is alive still: one that ended meanwhile must not look used.
    update public.employee_lease l set used_at = clock_timestamp()
      where l.lease_id = lease and l.account_id = account and l.ended_at is null;
    return found;
  end if;
  return true;
end
$$;
