-- What hangs on the staff list, or on an id, is looked up where it stands when it is used, as what changes it does.
grant create on schema entry to ${service}_clerk;
set local role ${service}_clerk;

-- Refuses the scope's account where no entry of the staff list permits this any more: a scope may say so for some seconds
-- longer. Whoever takes the permission away waits, and then sees what was done by it; or was first.
create function entry.demand_listed(permission text) returns void
  language plpgsql volatile
  set search_path = pg_catalog, pg_temp
as $$
begin
  perform entry.demand(permission);
  perform pg_advisory_xact_lock_shared(entry.access_lock(scope.account()));
  -- Being volatile, the function reads what was committed until now, the lock being held.
  if not exists (select from public.staff s
      where s.account_id = scope.account() and permission = any (s.permissions)) then
    raise insufficient_privilege using message = 'not on the list any more';
  end if;
end
$$;

create or replace function entry.errand_holder(for_purpose text, job uuid) returns uuid
  language plpgsql volatile
  set search_path = pg_catalog, pg_temp
as $$
begin
  if for_purpose is distinct from 'breach-scope' then
    perform entry.demand('identity:errand');
    return job;
  end if;
  perform entry.demand_listed('breach:manage');
  return scope.account();
end
$$;

-- Takes the one lease of the scope's account; what it held before ends in the same transaction.
create or replace function entry.take_lease(id uuid, of_school uuid, because text)
  returns table (taken_at timestamptz, expires_at timestamptz, ended_lease uuid, ended_school uuid)
  language plpgsql volatile security definer
  set search_path = pg_catalog, pg_temp
as $$
declare
  me uuid := scope.account();
  with_us boolean;
  before public.employee_lease;
  taken public.employee_lease;
begin
  perform entry.demand('session:take');
  -- The school's lock before the account's, as a departure takes them.
  with_us := entry.with_us(of_school);
  perform entry.demand_listed('session:take');
  if not with_us then
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

-- As before, and the token that an errand's end revokes is the one that was given for it.
create or replace function entry.take_errand(of_school uuid, token uuid, account uuid, for_purpose text, until timestamptz)
  returns table (outcome text, ended_token uuid, ended_school uuid)
  language plpgsql volatile security definer
  set search_path = pg_catalog, pg_temp
as $$
declare
  holder uuid := entry.errand_holder(for_purpose, account);
  breach boolean := for_purpose is not distinct from 'breach-scope';
  ended_account uuid;
begin
  perform pg_advisory_xact_lock(hashtextextended('errand ' || holder::text, 0));
  if not exists (select from public.school s where s.school_id = of_school and (breach or s.left_at is null)) then
    return query select 'no-school', null::uuid, null::uuid;
    return;
  end if;
  -- Locked, so that a consent that is being withdrawn either ends this errand or keeps it from starting.
  perform from public.consent c where c.school_id = of_school and c.purpose = for_purpose for key share;
  if not found and not breach then
    return query select 'no-consent', null::uuid, null::uuid;
    return;
  end if;
  update public.errand e set ended_at = least(clock_timestamp(), e.ends_at)
    where e.holder_id = holder and e.ended_at is null and (breach or e.ends_at <= clock_timestamp())
    returning e.token_id, e.school_id, e.account_id into ended_token, ended_school, ended_account;
  if breach and ended_token is not null then
    perform entry.revoke_token(ended_account, ended_token);
  end if;
  insert into public.errand (school_id, token_id, account_id, holder_id, purpose, ends_at)
    values (of_school, token, account, holder, for_purpose, until)
    on conflict (holder_id) where ended_at is null do nothing;
  outcome := case when found then 'taken' else 'busy' end;
  return next;
end
$$;

-- The holder of the scope accepts what was offered to it: no row where nothing was. What it has accepted before is
-- answered again, and is not fresh.
create or replace function entry.accept_invitation(of_invitation uuid)
  returns table (school uuid, role text, since timestamptz, fresh boolean)
  language plpgsql volatile security definer
  set search_path = pg_catalog, pg_temp
as $$
declare
  me uuid := scope.account();
  offer record;
  taken boolean;
begin
  perform pg_advisory_xact_lock(hashtextextended('invitations ' || me::text, 0));
  select * into offer from entry.offers(me) o where o.invitation_id = of_invitation;
  taken := found;
  if taken then
    perform entry.take_up(me, offer.school_id, offer.role, offer.provider, offer.realm, offer.address);
    -- Who comes back has not left.
    update public.invitation i set left_at = null
      where i.school_id = offer.school_id and i.account_id = me and i.left_at is not null;
  end if;
  return query
    select m.school_id, m.role, m.since, taken
    from public.invitation i
      join public.school s on s.school_id = i.school_id and s.left_at is null
      join public.membership m on m.school_id = i.school_id and m.account_id = i.account_id and m.role = i.role
    where i.invitation_id = of_invitation and i.account_id = me;
end
$$;

set local role none;
revoke create on schema entry from ${service}_clerk;
