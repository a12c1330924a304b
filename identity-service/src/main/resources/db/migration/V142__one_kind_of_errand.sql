-- One kind of errand. A job holds one school at a time for itself, on the school's consent; breach holds one at a time for
-- an officer, on the officer's permission, and its next errand ends the one before.
alter table errand alter column holder_id set not null;
alter table errand drop constraint errand_purpose_check;
alter table errand add check (purpose in ('backup', 'prediction', 'breach-scope'));
drop index errand_one_alive;
create unique index errand_one_alive on errand (holder_id) where ended_at is null;

grant create on schema entry to ${service}_clerk;
set local role ${service}_clerk;

drop function entry.take_errand(uuid, uuid, uuid, text, timestamptz);
drop function entry.end_errand(uuid, uuid);
drop function entry.consenting_schools(text, uuid, integer);
drop function entry.school_ids();

-- Who holds an errand of this purpose under the scope: the job that is named, for which identity itself asks; or the
-- officer whose scope it is, and who has the permission still, not by that scope alone.
create function entry.errand_holder(for_purpose text, job uuid) returns uuid
  language plpgsql volatile
  set search_path = pg_catalog, pg_temp
as $$
begin
  if for_purpose is distinct from 'breach-scope' then
    perform entry.demand('identity:errand');
    return job;
  end if;
  perform entry.demand('breach:manage');
  -- Whoever takes the permission away waits, and then sees this errand; or was first.
  perform pg_advisory_xact_lock_shared(entry.access_lock(scope.account()));
  if not exists (select from public.staff s
      where s.account_id = scope.account() and 'breach:manage' = any (s.permissions)) then
    raise insufficient_privilege using message = 'no officer any more';
  end if;
  return scope.account();
end
$$;

-- Takes a school: 'taken', 'no-school', 'no-consent', or 'busy' where the job holds a school still. For an officer what
-- was held before ends by it, and is told.
create function entry.take_errand(of_school uuid, token uuid, account uuid, for_purpose text, until timestamptz)
  returns table (outcome text, ended_token uuid, ended_school uuid)
  language plpgsql volatile security definer
  set search_path = pg_catalog, pg_temp
as $$
declare
  holder uuid := entry.errand_holder(for_purpose, account);
  breach boolean := for_purpose is not distinct from 'breach-scope';
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
    returning e.token_id, e.school_id into ended_token, ended_school;
  if breach and ended_token is not null then
    perform entry.revoke_token(account, ended_token);
  end if;
  insert into public.errand (school_id, token_id, account_id, holder_id, purpose, ends_at)
    values (of_school, token, account, holder, for_purpose, until)
    on conflict (holder_id) where ended_at is null do nothing;
  outcome := case when found then 'taken' else 'busy' end;
  return next;
end
$$;

-- Hands a school back before its time; which one, or null where it is over.
create function entry.end_errand(token uuid, for_purpose text, job uuid) returns uuid
  language plpgsql volatile security definer
  set search_path = pg_catalog, pg_temp
as $$
declare
  holder uuid := entry.errand_holder(for_purpose, job);
  ended public.errand;
begin
  update public.errand e set ended_at = clock_timestamp()
    where e.token_id = token and e.holder_id = holder and e.purpose = for_purpose and e.ended_at is null
    returning e.* into ended;
  if found then
    perform entry.revoke_token(ended.account_id, ended.token_id);
  end if;
  return ended.school_id;
end
$$;

-- Ids of the schools that a purpose may concern, in their order: those that consent to it; for a breach every school that
-- ever was, since it may concern one that has left.
create function entry.errand_schools(for_purpose text, after uuid, at_most integer) returns setof uuid
  language plpgsql volatile security definer
  set search_path = pg_catalog, pg_temp
as $$
begin
  perform entry.errand_holder(for_purpose, null);
  return query
    select s.school_id from public.school s
    where (after is null or s.school_id > after)
      and (for_purpose = 'breach-scope' or (s.left_at is null and exists (
        select from public.consent c where c.school_id = s.school_id and c.purpose = for_purpose)))
    order by s.school_id limit at_most;
end
$$;

grant execute on function entry.take_errand(uuid, uuid, uuid, text, timestamptz), entry.end_errand(uuid, text, uuid),
  entry.errand_schools(text, uuid, integer) to ${service}_school;
set local role none;
revoke create on schema entry from ${service}_clerk;
