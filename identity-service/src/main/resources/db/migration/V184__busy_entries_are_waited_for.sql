-- As before, but at the end it waits briefly for accounts whose access lock is taken, in no fixed order. A failed try does not queue,
-- so somebody who keeps the lock busy would never be removed; a waiting request is served before later ones.
grant create on schema entry to ${service}_clerk;
set local role ${service}_clerk;

create function entry.access_waited_for(account uuid) returns boolean
  language plpgsql volatile
  set search_path = pg_catalog, pg_temp
  set lock_timeout = '2s'
as $$
begin
  perform pg_advisory_xact_lock(entry.access_lock(account));
  return true;
exception when lock_not_available or deadlock_detected then
  return false;
end
$$;

create or replace function entry.bring_staff(listed jsonb)
  returns table (change text, account uuid, school uuid, concerns uuid)
  language plpgsql volatile security definer
  set search_path = pg_catalog, pg_temp
as $$
declare
  entry_due public.staff;
  held public.errand;
  waits boolean;
  until timestamptz := clock_timestamp() + interval '4 seconds';
begin
  perform entry.demand('identity:staff');
  if listed is null or jsonb_typeof(listed) <> 'object' then
    raise invalid_parameter_value using message = 'no list of staff';
  end if;
  -- Replicas one after another.
  perform pg_advisory_xact_lock(hashtextextended('staff', 0));
  foreach waits in array array[false, true] loop
    for entry_due in
      select * from public.staff s
      where not coalesce(to_jsonb(s.permissions) <@ (listed -> s.staff_key), s.permissions = '{}')
      order by case when waits then random() end
      for update skip locked
    loop
      continue when case
        when waits then clock_timestamp() > until or not entry.access_waited_for(entry_due.account_id)
        else not pg_try_advisory_xact_lock(entry.access_lock(entry_due.account_id)) end;
      update public.staff s
        set permissions = array(select p from unnest(s.permissions) p where listed -> s.staff_key ? p order by p),
            lessened_at = clock_timestamp()
        where s.staff_key = entry_due.staff_key
        returning case when s.permissions = '{}' then 'staff.removed' else 'staff.lessened' end, s.account_id, s.account_id
        into change, account, concerns;
      school := null;
      perform entry.revoke(array[account]);
      return next;
    end loop;
  end loop;
  return query
    update public.staff s
      set permissions = array(select jsonb_array_elements_text(listed -> s.staff_key) p order by p)
      where s.staff_key in (
        select more.staff_key from public.staff more
        where more.permissions <> '{}' and to_jsonb(more.permissions) <@ (listed -> more.staff_key)
          and not to_jsonb(more.permissions) @> (listed -> more.staff_key) and entry.settled_since(more.lessened_at)
        for update skip locked)
      returning 'staff.extended', s.account_id, null::uuid, s.account_id;
  return query
    update public.employee_lease l
      set ended_at = clock_timestamp(),
          ended_why = case when entry.lease_live(l, clock_timestamp()) then 'ended' else 'lapsed' end
      where l.lease_id in (
        select over.lease_id from public.employee_lease over
        where over.ended_at is null
          and exists (select from public.staff s where s.account_id = over.account_id)
          and not exists (select from public.staff s
            where s.account_id = over.account_id and 'session:take' = any (s.permissions))
        for update skip locked)
      returning 'lease.ended', l.account_id, l.school_id, l.lease_id;
  for held in
    select * from public.errand e
    where e.ended_at is null
      and exists (select from public.staff s where s.account_id = e.holder_id)
      and not exists (select from public.staff s
        where s.account_id = e.holder_id and 'breach:manage' = any (s.permissions))
    for update skip locked
  loop
    update public.errand e set ended_at = clock_timestamp() where e.token_id = held.token_id;
    perform entry.revoke_token(held.account_id, held.token_id);
    change := 'errand.ended';
    account := held.holder_id;
    school := held.school_id;
    concerns := held.token_id;
    return next;
  end loop;
end
$$;

set local role none;
revoke create on schema entry from ${service}_clerk;
