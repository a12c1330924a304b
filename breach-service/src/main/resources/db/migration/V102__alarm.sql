-- A breach that an alarm of the audit log opens, with nobody at the keyboard. Opened by the company itself (the nil UUID), which
-- no account can be; its id is the alarm's, so that one alarm opens one breach, whoever hears of it and however often.
-- Writes an event of the company's own to the outbox, as outbox.append does for a caller with a scope.
create function clock.company_event(breach uuid, kind text, role text, at timestamptz, what jsonb) returns void
  language plpgsql security definer
  set search_path = pg_catalog, pg_temp
as $$
declare
  company constant uuid := '00000000-0000-0000-0000-000000000000';
  number bigint;
begin
  insert into outbox.sequence as s (school_id, last) values (company, 1)
    on conflict (school_id) do update set last = s.last + 1
    returning s.last into number;
  insert into outbox.event (id, school_id, sequence, kind, occurred_at, body)
  values (
    gen_random_uuid(), company, number, kind, at,
    jsonb_build_object(
      'actor', company, 'role', role, 'purpose', 'breach-clock', 'resource', 'breach', 'concerns', breach,
      'filter', what, 'outcome', 'completed', 'policyVersion', '1')::text);
end
$$;

-- As before (V101).
create or replace function clock.rung_event(breach uuid, step text, percent smallint, fired_at timestamptz) returns void
  language plpgsql security definer
  set search_path = pg_catalog, pg_temp
as $$
begin
  perform clock.company_event(
    breach, case percent when 100 then 'breach.step-missed' else 'breach.rung' end, 'clock', fired_at,
    jsonb_build_object('step', step, 'percent', percent::text));
end
$$;

-- True where it opened one. The company is aware from the moment of the alarm, however late this hears of it; a clock that runs
-- ahead gains nothing.
create function clock.open_by_alarm(alarm uuid, raised_at timestamptz) returns boolean
  language plpgsql volatile security definer
  set search_path = pg_catalog, pg_temp
  set lock_timeout = '5s'
as $$
declare
  aware timestamptz := least(raised_at, clock_timestamp());
begin
  insert into public.breach (id, aware_at, summary, window_from, window_to, opened_by, idempotency_key, request_hash)
  values (
    alarm, aware,
    'Alarm of the audit log: it does not fit a checkpoint that it signed and a school handed in. Runbook: audit-log.',
    aware - interval '720 hours', aware, '00000000-0000-0000-0000-000000000000', 'alarm ' || alarm,
    encode(sha256(convert_to(alarm::text, 'UTF8')), 'hex'))
  on conflict do nothing;
  if not found then
    return false;
  end if;
  perform clock.company_event(
    alarm, 'breach.opened', 'log-alarm', clock_timestamp(),
    jsonb_build_object('awareAt', to_char(aware at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"')));
  return true;
end
$$;

grant insert (id, aware_at, summary, window_from, window_to, opened_by, idempotency_key, request_hash)
  on breach to ${service}_clerk;
create policy clerk_opens on breach for insert to ${service}_clerk
  with check (opened_by = '00000000-0000-0000-0000-000000000000');

revoke all on function clock.company_event(uuid, text, text, timestamptz, jsonb),
  clock.open_by_alarm(uuid, timestamptz) from public;
grant execute on function clock.company_event(uuid, text, text, timestamptz, jsonb) to ${service}_clerk;
grant execute on function clock.open_by_alarm(uuid, timestamptz) to ${service}_school;
grant create on schema clock to ${service}_clerk;
alter function clock.open_by_alarm(uuid, timestamptz) owner to ${service}_clerk;
revoke create on schema clock from ${service}_clerk;
