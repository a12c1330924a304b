-- What leaves an event is done under READ COMMITTED alone. Under any other isolation, whoever waited for a lock looks at what was there
-- before it. A seal demands the same of all that needs one; this is for what serves peers, and works without.
create function outbox.demand_read_committed() returns trigger
  language plpgsql
  set search_path = pg_catalog, pg_temp
as $$
begin
  if current_setting('transaction_isolation') <> 'read committed' then
    raise insufficient_privilege using message = 'read committed alone';
  end if;
  return null;
end
$$;

revoke all on function outbox.demand_read_committed() from public;

create trigger read_committed before insert or update or delete on outbox.event
  for each statement execute function outbox.demand_read_committed();
create trigger read_committed before insert or update or delete on outbox.open_download
  for each statement execute function outbox.demand_read_committed();
