-- A number that is given is not taken on trust: one that is far ahead would use a school's numbers up, and a margin below
-- nothing would end downloads that still run.
create or replace function outbox.renumber(event_school uuid, expected bigint, event_ids uuid[]) returns integer
  language plpgsql volatile security definer
  set search_path = pg_catalog, pg_temp
as $$
declare
  last_given bigint;
  moved integer;
begin
  -- Whoever writes an event holds this row until the commit.
  select s.last into last_given from outbox.sequence s where s.school_id = event_school for update;
  -- A set-back database is behind by what a school did since its backup: a thousand million is more than any does.
  if not (expected between 1 and last_given + 1000000000) then
    raise invalid_parameter_value using message = 'no number that the log can expect';
  end if;
  last_given := greatest(last_given, expected - 1);
  with taken as (
    select e.id, row_number() over (order by e.sequence) as nth
    from outbox.event e
    where e.school_id = event_school and e.id = any (event_ids) and e.position is null and e.sequence < expected
  )
  update outbox.event e set sequence = last_given + t.nth from taken t where e.id = t.id;
  get diagnostics moved = row_count;
  update outbox.sequence s set last = last_given + moved where s.school_id = event_school and moved > 0;
  return moved;
end
$$;

create or replace function outbox.sweep_downloads(margin interval) returns integer
  language plpgsql volatile security definer
  set search_path = pg_catalog, pg_temp
as $$
declare
  each record;
  written integer := 0;
begin
  if (margin between interval '0' and interval '1 day') is not true then
    raise invalid_parameter_value using message = 'no margin of a sweep';
  end if;
  for each in
    with gone as (
      delete from outbox.open_download d
      where d.record in (
        select o.record from outbox.open_download o
        where o.ends_by < clock_timestamp() - margin
        order by o.ends_by limit 500 for update skip locked)
      returning d.record, d.school_id, d.kind, d.body
    )
    select * from gone order by school_id
  loop
    perform outbox.put(gen_random_uuid(), each.school_id, each.kind,
      (each.body || jsonb_build_object('outcome', 'unknown', 'concerns', each.record))::text);
    written := written + 1;
  end loop;
  return written;
end
$$;
