-- The staff file is read again every few seconds, and what it says is brought here: what an entry permits may be used by
-- the account that holds it as far as both this row and the file say so. So replicas that see the file change at
-- different times give no more than either. Who loses something has no token and no lease by it from that transaction on.
alter table staff add column permissions text[] not null default '{}';
-- When permissions were last taken away. For five minutes after that nothing is given back: a replica with an old copy of
-- the file cannot, and it has the new one by then.
alter table staff add column lessened_at timestamptz;

-- For whom an errand runs: a job for itself, breach for an officer, whose permission it hangs on.
alter table errand add column holder_id uuid;
update errand set holder_id = account_id;

grant update on staff to ${service}_clerk;
create policy clerk_changes on staff for update to ${service}_clerk using (true) with check (true);

grant create on schema entry to ${service}_clerk;
set local role ${service}_clerk;

drop function entry.bind_staff(uuid, text, text, text, text);

create or replace function entry.employed(account uuid) returns boolean
  language sql stable
begin atomic
  select exists (select from public.staff s where s.account_id = account and s.permissions <> '{}');
end;

create function entry.settled_since(lessened_at timestamptz) returns boolean
  language sql stable
begin atomic
  select lessened_at is null or lessened_at < clock_timestamp() - interval '5 minutes';
end;

-- Binds an entry of the staff file to an account, unless somebody holds it. One that was taken off the file is free for
-- whoever the file means when it names it anew. What the account had at schools counts for nothing from now on.
create function entry.bind_staff(
    candidate uuid, of_provider text, of_realm text, of_subject text, key text, granted text[])
  returns void
  language plpgsql volatile security definer
  set search_path = pg_catalog, pg_temp
as $$
declare
  bound_to uuid;
begin
  perform entry.demand('identity:sign-in');
  bound_to := entry.account_for(candidate, of_provider, of_realm, of_subject);
  insert into public.staff as s (staff_key, account_id, permissions) values (key, bound_to, granted)
    on conflict (staff_key) do update
      set account_id = excluded.account_id, permissions = excluded.permissions, bound_at = clock_timestamp()
      where s.permissions = '{}' and entry.settled_since(s.lessened_at);
  if found and exists (select from public.membership m where m.account_id = bound_to) then
    perform entry.revoke(array[bound_to]);
  end if;
end
$$;

-- Brings what the file lists (its keys, each with its permissions) to the entries that are bound, and tells what came of
-- it. Whose permissions lessen loses the tokens that hold them; without 'session:take' the lease ends, without
-- 'breach:manage' an errand, also one that was taken in the second before the revocation was known everywhere. Done
-- again, it changes nothing.
create function entry.bring_staff(listed jsonb)
  returns table (change text, account uuid, school uuid, concerns uuid)
  language plpgsql volatile security definer
  set search_path = pg_catalog, pg_temp
as $$
declare
  lost uuid[] := '{}';
  held public.errand;
begin
  perform entry.demand('identity:staff');
  if listed is null or jsonb_typeof(listed) <> 'object' then
    raise invalid_parameter_value using message = 'no list of staff';
  end if;
  -- Replicas one after another.
  perform pg_advisory_xact_lock(hashtextextended('staff', 0));
  for change, account in
    update public.staff s
      set permissions = array(select p from unnest(s.permissions) p where listed -> s.staff_key ? p order by p),
          lessened_at = clock_timestamp()
      where not coalesce(to_jsonb(s.permissions) <@ (listed -> s.staff_key), s.permissions = '{}')
      returning case when s.permissions = '{}' then 'staff.removed' else 'staff.lessened' end, s.account_id
  loop
    lost := lost || account;
    concerns := account;
    return next;
  end loop;
  perform entry.revoke(lost);
  return query
    update public.staff s
      set permissions = array(select jsonb_array_elements_text(listed -> s.staff_key) p order by p)
      where s.permissions <> '{}' and to_jsonb(s.permissions) <@ (listed -> s.staff_key)
        and not to_jsonb(s.permissions) @> (listed -> s.staff_key) and entry.settled_since(s.lessened_at)
      returning 'staff.extended', s.account_id, null::uuid, s.account_id;
  return query
    update public.employee_lease l
      set ended_at = clock_timestamp(),
          ended_why = case when entry.lease_live(l, clock_timestamp()) then 'ended' else 'lapsed' end
      where l.ended_at is null
        and exists (select from public.staff s where s.account_id = l.account_id)
        and not exists (select from public.staff s
          where s.account_id = l.account_id and 'session:take' = any (s.permissions))
      returning 'lease.ended', l.account_id, l.school_id, l.lease_id;
  for held in
    update public.errand e set ended_at = clock_timestamp()
      where e.ended_at is null
        and exists (select from public.staff s where s.account_id = e.holder_id)
        and not exists (select from public.staff s
          where s.account_id = e.holder_id and 'breach:manage' = any (s.permissions))
      returning e.*
  loop
    perform entry.revoke_token(held.account_id, held.token_id);
    change := 'errand.ended';
    account := held.holder_id;
    school := held.school_id;
    concerns := held.token_id;
    return next;
  end loop;
end
$$;

-- As before, and with what each entry permits.
create or replace function entry.standing(
    of_provider text, of_realm text, of_subject text, realms text[], addresses text[], machine boolean)
  returns jsonb
  language plpgsql volatile security definer
  set search_path = pg_catalog, pg_temp
as $$
declare
  account uuid;
  standing jsonb;
begin
  perform entry.demand('identity:sign-in');
  loop
    select a.account_id into account from public.account a
      where a.provider = of_provider and a.realm = of_realm and a.subject = of_subject;
    if account is not null then
      perform pg_advisory_xact_lock_shared(entry.access_lock(account));
    end if;
    select jsonb_build_object(
      'account', account,
      'issuedAt', greatest(
        floor(extract(epoch from clock_timestamp()) * 1000),
        (select floor(extract(epoch from r.revoked_at) * 1000) + 1 from public.revocation r
          where r.account_id = account and r.token_id is null))::bigint,
      'staff', k.entries,
      'memberships', (
        select coalesce(jsonb_agg(jsonb_build_object('school', m.school_id, 'role', m.role, 'since', m.since)
            order by m.since, m.school_id, m.role), '[]')
        from public.membership m join public.school s on s.school_id = m.school_id and s.left_at is null
        where m.account_id = account),
      'cells', case when exists (select from public.cluster_account c where c.account_id = account)
        then entry.cells(account) else '[]' end,
      'lease', case when k.entries <> '{}' then entry.lease(account) end,
      'invited', exists (select from public.invitation_offer o where o.account_id = account)
        and exists (select from entry.offers(account)),
      'unsettled', k.entries = '{}' and exists (
        select from entry.fitting(of_provider, realms, addresses, machine) f
        where not exists (select from public.invitation_offer o
          where o.school_id = f.school_id and o.invitation_id = f.invitation_id and o.account_id = account
            and o.address = f.address and o.realm = f.realm
            and o.proven_at > clock_timestamp() - interval '5 minutes')))
      into standing
      from (select coalesce(jsonb_object_agg(s.staff_key, s.permissions), '{}') as entries
        from public.staff s where s.account_id = account and s.permissions <> '{}') k;
    exit when account is not null or not exists (select from public.account a
      where a.provider = of_provider and a.realm = of_realm and a.subject = of_subject);
  end loop;
  return standing;
end
$$;

grant execute on function
  entry.bind_staff(uuid, text, text, text, text, text[]), entry.bring_staff(jsonb)
  to ${service}_school;
set local role none;
revoke create on schema entry from ${service}_clerk;
