-- An officer's errand is the account's that the seal names: what is given says nothing about it. And no errand outlasts
-- its token, which lives five minutes; the sixth is for two clocks.
grant create on schema entry to ${service}_clerk;
set local role ${service}_clerk;

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
  if (until > clock_timestamp() and until <= clock_timestamp() + interval '6 minutes') is not true then
    raise invalid_parameter_value using message = 'no life of an errand';
  end if;
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
  -- Of one that began before this migration the account may be another than its holder.
  update public.errand e set ended_at = least(clock_timestamp(), e.ends_at)
    where e.holder_id = holder and e.ended_at is null and (breach or e.ends_at <= clock_timestamp())
    returning e.token_id, e.school_id, e.account_id into ended_token, ended_school, ended_account;
  if breach and ended_token is not null then
    perform entry.revoke_token(ended_account, ended_token);
  end if;
  insert into public.errand (school_id, token_id, account_id, holder_id, purpose, ends_at)
    values (of_school, token, holder, holder, for_purpose, until)
    on conflict (holder_id) where ended_at is null do nothing;
  outcome := case when found then 'taken' else 'busy' end;
  return next;
end
$$;

set local role none;
revoke create on schema entry from ${service}_clerk;
