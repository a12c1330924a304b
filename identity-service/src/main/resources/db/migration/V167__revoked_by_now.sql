-- A revocation counts from the clock's now and never later: else whoever takes access away again and again pushes it ahead,
-- and keeps an account out. In return a sign-in waits until the millisecond of a revocation is over, as before none of its
-- tokens counts as issued in it.
grant create on schema entry to ${service}_clerk;
set local role ${service}_clerk;

create or replace function entry.revoke(accounts uuid[]) returns void
  language plpgsql volatile
  set search_path = pg_catalog, pg_temp
as $$
declare
  each uuid;
begin
  -- Always in the same order, so that two that concern the same accounts wait for each other and not in a circle.
  for each in select distinct a from unnest(accounts) a order by a loop
    perform pg_advisory_xact_lock(entry.access_lock(each));
    insert into public.revocation as r (account_id, revoked_at) values (each, clock_timestamp())
      on conflict (account_id, token_id) do update set revoked_at = greatest(excluded.revoked_at, r.revoked_at);
  end loop;
  -- A token lives five minutes: what is older than twice that concerns none.
  delete from public.revocation r where r.ctid in (
    select old.ctid from public.revocation old where old.revoked_at < clock_timestamp() - interval '10 minutes'
    for update skip locked);
end
$$;

-- Waits for the next millisecond after the last revocation of an account, under its access lock. A clock that was set back
-- is not waited for: until it has caught up the account is refused.
create function entry.after_revocation(account uuid) returns void
  language plpgsql volatile
  set search_path = pg_catalog, pg_temp
as $$
declare
  over_at timestamptz := (select date_trunc('milliseconds', r.revoked_at) + interval '1 millisecond'
    from public.revocation r where r.account_id = account and r.token_id is null);
begin
  if over_at > clock_timestamp() + interval '100 milliseconds' then
    raise object_not_in_prerequisite_state using message = 'the clock is behind';
  end if;
  -- At most a millisecond as a rule, too little to sleep.
  while over_at > clock_timestamp() loop
    null;
  end loop;
end
$$;

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
      perform entry.after_revocation(account);
    end if;
    select jsonb_build_object(
      'account', account,
      'issuedAt', floor(extract(epoch from clock_timestamp()) * 1000)::bigint,
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

create function entry.stays_closed() returns trigger
  language plpgsql volatile security definer
  set search_path = pg_catalog, pg_temp
as $$
begin
  raise object_not_in_prerequisite_state using message = 'a closed class stays as it is';
end
$$;

grant execute on function entry.stays_closed() to ${service}_owner;
set local role none;
revoke create on schema entry from ${service}_clerk;

create trigger stays_closed before update on school_class
  for each row when (old.closed_at is not null) execute function entry.stays_closed();
