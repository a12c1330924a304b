-- The clock. Nothing is claimed or scheduled: the sweep derives what is due from insert-only rows and the
-- database's time, and a unique key makes a rung fire once.

-- The policy's intervals; the service's enum Step says the same, and a test compares them. In hours: a day of
-- an interval would follow the session's time zone over the change to summer time.
create function breach_steps() returns table (step text, due_after interval)
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
create function stamp_completion() returns trigger
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
  for each row execute function stamp_completion();

-- The sweep runs as the owner, who is under row security like anybody: these let it read what it derives from,
-- and add what it fires. The owner's password serves migrations alone.
create policy clock_reads on breach for select to ${service}_owner using (true);
create policy clock_reads on step_completion for select to ${service}_owner using (true);
create policy clock_reads on rung for select to ${service}_owner using (true);
create policy clock_fires on rung for insert to ${service}_owner with check (true);

-- Writes the event of one fired rung to the outbox, as outbox.append does for a caller with a scope. No role but
-- the owner may call it.
create function rung_event(fired rung) returns void
  language plpgsql
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
    case fired.percent when 100 then 'breach.step-missed' else 'breach.rung' end,
    fired.fired_at,
    jsonb_build_object(
      'actor', company, 'role', 'clock', 'purpose', 'breach-clock', 'resource', 'breach',
      'concerns', fired.breach_id,
      'filter', jsonb_build_object('step', fired.step, 'percent', fired.percent::text),
      'outcome', 'completed', 'policyVersion', '1')::text);
end
$$;

-- Fires what is due by now and has not fired; returns how many. A step that was met by a rung's time does not
-- fire it. Harmless to call at any time, by anybody, any number of times.
create function breach_sweep() returns integer
  language plpgsql volatile security definer
  set search_path = public, pg_temp
  set lock_timeout = '5s'
as $$
declare
  moment timestamptz;
  fired rung;
  total integer := 0;
begin
  perform pg_advisory_xact_lock(hashtext('breach.clock'));
  moment := clock_timestamp();
  for fired in
    insert into rung (breach_id, step, percent, due_at)
    select b.id, s.step, p.percent, b.aware_at + s.due_after * p.percent / 100
    from breach b
    cross join breach_steps() s
    cross join (values (50::smallint), (75::smallint), (90::smallint), (100::smallint)) as p(percent)
    left join step_completion c on c.breach_id = b.id and c.step = s.step
    where b.aware_at + s.due_after * p.percent / 100 < moment
      and (c.met_at is null or c.met_at > b.aware_at + s.due_after * p.percent / 100)
      and not exists (
        select from rung r where r.breach_id = b.id and r.step = s.step and r.percent = p.percent)
    order by 4, 1, 2, 3
    on conflict do nothing
    returning *
  loop
    perform public.rung_event(fired);
    total := total + 1;
  end loop;
  return total;
end
$$;

revoke all on function breach_steps(), stamp_completion(), refuse_change(), rung_event(rung), breach_sweep()
  from public;
grant execute on function breach_sweep() to ${service}_school;
grant execute on function breach_steps() to ${service}_school;
