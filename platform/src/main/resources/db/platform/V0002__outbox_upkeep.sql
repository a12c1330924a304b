-- The seal is checked once an event: a verified scope that touches the school has an account, too.
create or replace function outbox.append(event_id uuid, event_school uuid, event_kind text, event_body text)
  returns bigint
  language plpgsql volatile security definer
  set search_path = pg_catalog, pg_temp
as $$
declare
  number bigint;
begin
  if event_school = '00000000-0000-0000-0000-000000000000' then
    if scope.account() is null then
      raise insufficient_privilege using message = 'no scope for this event';
    end if;
  elsif event_school = any (scope.any_schools()) is not true then
    raise insufficient_privilege using message = 'no scope for this event';
  end if;
  insert into outbox.sequence as s (school_id, last) values (event_school, 1)
    on conflict (school_id) do update set last = s.last + 1
    returning s.last into number;
  insert into outbox.event (id, school_id, sequence, kind, occurred_at, body)
    values (event_id, event_school, number, event_kind, clock_timestamp(), event_body);
  return number;
end
$$;

-- What the log holds is dropped after an hour; without this, each look for it read the whole hour.
create index event_delivered on outbox.event (occurred_at) where position is not null;
