-- Several events in one journey, each under the same check as one.
create function outbox.append_all(
  event_ids uuid[], event_schools uuid[], event_kinds text[], event_bodies text[])
  returns void
  language plpgsql volatile
  set search_path = pg_catalog, pg_temp
as $$
declare
  event record;
begin
  for event in
    select e.* from unnest(event_ids, event_schools, event_kinds, event_bodies)
      with ordinality as e(id, school, kind, body, nth) order by e.nth
  loop
    perform outbox.append(event.id, event.school, event.kind, event.body);
  end loop;
end
$$;

revoke all on function outbox.append_all(uuid[], uuid[], text[], text[]) from public;
grant execute on function outbox.append_all(uuid[], uuid[], text[], text[]) to ${service}_school, ${service}_class;
