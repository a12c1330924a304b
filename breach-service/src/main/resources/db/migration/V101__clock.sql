-- The clock. Nothing is claimed or scheduled: the sweep derives what is due from insert-only rows and the
-- database's time, and a unique key makes a rung fire once.
create schema clock;

-- The policy's intervals; the service's enum Step says the same, and a test compares them. In hours: a day of
-- an interval would follow the session's time zone over the change to summer time.
create function clock.steps() returns table (step text, due_after interval)
  language sql immutable
begin atomic
  select v.step, v.due_after
  from (values
    ('scope', interval '1 hour'),
    ('notify-schools', interval '4 hours'),
    ('notify-ico', interval '4 hours'),
    ('investigation', interval '72 hours'),
    ('full-report', interval '168 hours'),
    ('publication', interval '336 hours')) as v(step, due_after);
end;

-- A completion takes its time only after it holds this lock with others of its kind; the sweep holds it alone.
-- So a sweep sees every completion whose time is before its own, and never calls a step missed that was met.
create function clock.stamp_completion() returns trigger
  language plpgsql
  set search_path = pg_catalog, pg_temp
as $$
begin
  perform pg_advisory_xact_lock_shared(hashtext('breach.clock'));
  new.met_at := clock_timestamp();
  return new;
end
$$;

create trigger stamp before insert on step_completion
  for each row execute function clock.stamp_completion();

-- Writes the event of one fired rung to the outbox, as outbox.append does for a caller with a scope.
create function clock.rung_event(breach uuid, step text, percent smallint, fired_at timestamptz) returns void
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
    gen_random_uuid(), company, number,
    case percent when 100 then 'breach.step-missed' else 'breach.rung' end,
    fired_at,
    jsonb_build_object(
      'actor', company, 'role', 'clock', 'purpose', 'breach-clock', 'resource', 'breach', 'concerns', breach,
      'filter', jsonb_build_object('step', step, 'percent', percent::text),
      'outcome', 'completed', 'policyVersion', '1')::text);
end
$$;

-- Fires what is due by now and has not fired; returns how many. A step that was met by a rung's time does not
-- fire it. Harmless to call at any time, by anybody, any number of times.
create function clock.sweep() returns integer
  language plpgsql volatile security definer
  set search_path = pg_catalog, pg_temp
  set lock_timeout = '5s'
as $$
declare
  moment timestamptz;
  fired record;
  total integer := 0;
begin
  perform pg_advisory_xact_lock(hashtext('breach.clock'));
  moment := clock_timestamp();
  for fired in
    insert into public.rung as r (breach_id, step, percent, due_at)
    select due.breach_id, due.step, due.percent, due.at
    from (
      select b.id as breach_id, s.step, p.percent, b.aware_at + s.due_after * p.percent / 100 as at
      from public.breach b
      cross join clock.steps() s
      cross join (values (50::smallint), (75::smallint), (90::smallint), (100::smallint)) as p(percent)
    ) as due
    left join public.step_completion c on c.breach_id = due.breach_id and c.step = due.step
    where due.at < moment
      and (c.met_at is null or c.met_at > due.at)
      and not exists (
        select from public.rung f
        where f.breach_id = due.breach_id and f.step = due.step and f.percent = due.percent)
    order by due.at, due.breach_id, due.step, due.percent
    on conflict do nothing
    returning r.breach_id, r.step, r.percent, r.fired_at
  loop
    perform clock.rung_event(fired.breach_id, fired.step, fired.percent, fired.fired_at);
    total := total + 1;
  end loop;
  return total;
end
$$;

-- The sweep runs as the clerk, who owns no table, can't log in and sees what these policies give. The event is
-- written by the owner, for the clerk alone.
grant select on breach, step_completion, rung to ${service}_clerk;
grant insert (breach_id, step, percent, due_at) on rung to ${service}_clerk;
create policy clerk_reads on breach for select to ${service}_clerk using (true);
create policy clerk_reads on step_completion for select to ${service}_clerk using (true);
create policy clerk_reads on rung for select to ${service}_clerk using (true);
create policy clerk_fires on rung for insert to ${service}_clerk with check (true);

revoke all on all functions in schema clock from public;
revoke all on function refuse_change() from public;
grant execute on function clock.rung_event(uuid, text, smallint, timestamptz) to ${service}_clerk;
grant usage on schema clock to ${service}_school;
grant execute on function clock.sweep() to ${service}_school;
grant usage, create on schema clock to ${service}_clerk;
alter function clock.steps() owner to ${service}_clerk;
alter function clock.sweep() owner to ${service}_clerk;
revoke create on schema clock from ${service}_clerk;
