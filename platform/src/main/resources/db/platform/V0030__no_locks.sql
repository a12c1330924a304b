-- Nobody locks what others need. A login role may take no lock by name and may lock no table, for which PostgreSQL asks the right to
-- update, delete or truncate it as a whole; so what needs either is a function that does just that.

-- Whether it is this transaction's turn to carry events; one at a time has it.
create function outbox.take_turn() returns boolean
  language sql volatile security definer
  set search_path = pg_catalog, pg_temp
as $$
  select pg_try_advisory_xact_lock(hashtext('outbox.relay'));
$$;

-- Drops what was delivered more than an hour ago. What the log refused is the only copy left: a week, so that the defect behind it
-- can be found.
create function outbox.purge() returns void
  language sql volatile security definer
  set search_path = pg_catalog, pg_temp
as $$
  delete from outbox.event
  where position is not null and occurred_at < now() - interval '1 hour'
    and (not refused or occurred_at < now() - interval '7 days');
$$;

revoke all on function outbox.take_turn(), outbox.purge() from public;
grant execute on function outbox.take_turn(), outbox.purge() to ${service}_relay;
revoke delete on outbox.event from ${service}_relay;
