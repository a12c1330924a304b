-- A breach that an alarm of the audit log opens, with nobody at the keyboard. Opened by the company itself (the nil UUID), which
-- no account can be; its id is the alarm's, so that one alarm opens one breach, whoever hears of it and however often.
create function clock.alarm_event(breach uuid, aware_at timestamptz) returns void
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
    gen_random_uuid(), company, number, 'breach.opened', clock_timestamp(),
    jsonb_build_object(
      'actor', company, 'role', 'log-alarm', 'purpose', 'breach-clock', 'resource', 'breach', 'concerns', breach,
      'filter', jsonb_build_object('awareAt', to_char(aware_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"')),
      'outcome', 'completed', 'policyVersion', '1')::text);
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
  perform clock.alarm_event(alarm, aware);
  return true;
end
$$;

grant insert (id, aware_at, summary, window_from, window_to, opened_by, idempotency_key, request_hash)
  on breach to ${service}_clerk;
create policy clerk_opens on breach for insert to ${service}_clerk
  with check (opened_by = '00000000-0000-0000-0000-000000000000');

revoke all on function clock.alarm_event(uuid, timestamptz), clock.open_by_alarm(uuid, timestamptz) from public;
grant execute on function clock.alarm_event(uuid, timestamptz) to ${service}_clerk;
grant execute on function clock.open_by_alarm(uuid, timestamptz) to ${service}_school;
grant create on schema clock to ${service}_clerk;
alter function clock.open_by_alarm(uuid, timestamptz) owner to ${service}_clerk;
revoke create on schema clock from ${service}_clerk;
