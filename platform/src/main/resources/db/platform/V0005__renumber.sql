-- For a database that was set back (restored): its numbers go on where the log knows other events already. The events of which the
-- log said that it holds none get the next numbers that are free. What waits with a number that the log expects keeps it, since a
-- broker may hold it by that number; and nothing that was delivered changes. Returns how many got a new number.
create function outbox.renumber(event_school uuid, expected bigint, event_ids uuid[]) returns integer
  language plpgsql volatile security definer
  set search_path = pg_catalog, pg_temp
as $$
declare
  last_given bigint;
  moved integer;
begin
  -- Whoever writes an event holds this row until the commit.
  select greatest(s.last, expected - 1) into last_given
  from outbox.sequence s where s.school_id = event_school for update;
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

revoke all on function outbox.renumber(uuid, bigint, uuid[]) from public;
grant execute on function outbox.renumber(uuid, bigint, uuid[]) to ${service}_relay;
