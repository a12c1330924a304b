-- The transactional outbox: opaque ids and counts, no data about a pupil. Services write to it through one
-- function and cannot read it; the relay's role reads it and nothing else.
create schema outbox;

create table outbox.sequence (
  school_id uuid primary key,
  last bigint not null
);

create table outbox.event (
  id uuid primary key,
  school_id uuid not null,
  sequence bigint not null,
  kind text not null check (kind ~ '^[a-z]+(\.[a-z-]+)+$'),
  occurred_at timestamptz not null,
  body text not null,
  -- Index of the leaf in the log; null until the log has answered.
  position bigint,
  unique (school_id, sequence)
);

create index event_waiting on outbox.event (occurred_at, sequence) where position is null;

-- Appends under the sequence's row lock, so that the order of commits is the order of numbers and a rollback
-- leaves no gap. A school's event needs a verified scope that touches the school; a company event (nil UUID)
-- needs any verified scope.
create function outbox.append(event_id uuid, event_school uuid, event_kind text, event_body text) returns bigint
  language plpgsql volatile security definer
  set search_path = pg_catalog, pg_temp
as $$
declare
  number bigint;
begin
  if scope.account() is null
     or (event_school <> '00000000-0000-0000-0000-000000000000'
         and event_school <> all (coalesce(scope.any_schools(), '{}'))) then
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

revoke all on function outbox.append(uuid, uuid, text, text) from public;
grant usage on schema outbox to ${service}_school, ${service}_class, ${service}_relay;
grant execute on function outbox.append(uuid, uuid, text, text) to ${service}_school, ${service}_class;
grant select, delete on outbox.event to ${service}_relay;
grant update (position) on outbox.event to ${service}_relay;
