-- How a download ended, told on the strength of the record of its beginning. Whoever reads chooses when to stop, and the scope may
-- be over by then: so what the end says of caller and purpose is kept from the beginning, which was written under a genuine seal.

create table outbox.open_download (
  -- The record of its beginning, one a school.
  record uuid primary key,
  school_id uuid not null,
  kind text not null,
  body jsonb not null,
  -- When the scope ends, and the download with it.
  ends_by timestamptz not null
);

create index open_download_by_end on outbox.open_download (ends_by);

-- Writes an event and asks for no scope: for the functions of this schema, which know why they may.
create function outbox.put(event_id uuid, event_school uuid, event_kind text, event_body text) returns bigint
  language plpgsql volatile
  set search_path = pg_catalog, pg_temp
as $$
declare
  number bigint;
begin
  insert into outbox.sequence as s (school_id, last) values (event_school, 1)
    on conflict (school_id) do update set last = s.last + 1
    returning s.last into number;
  insert into outbox.event (id, school_id, sequence, kind, occurred_at, body)
    values (event_id, event_school, number, event_kind, clock_timestamp(), event_body);
  return number;
end
$$;

create or replace function outbox.append(event_id uuid, event_school uuid, event_kind text, event_body text)
  returns bigint
  language plpgsql volatile security definer
  set search_path = pg_catalog, pg_temp
as $$
begin
  if event_school = '00000000-0000-0000-0000-000000000000' then
    if scope.account() is null then
      raise insufficient_privilege using message = 'no scope for this event';
    end if;
  elsif event_school = any (scope.any_schools()) is not true then
    raise insufficient_privilege using message = 'no scope for this event';
  end if;
  return outbox.put(event_id, event_school, event_kind, event_body);
end
$$;

-- Writes the records of a beginning, each under the same check as any event, and notes that each owes an end.
create function outbox.begin_download(records uuid[], schools uuid[], begin_kind text, bodies text[]) returns void
  language plpgsql volatile security definer
  set search_path = pg_catalog, pg_temp
as $$
declare
  each record;
begin
  for each in
    select b.record, b.school, b.body from unnest(records, schools, bodies) as b(record, school, body) order by b.school
  loop
    perform outbox.append(each.record, each.school, begin_kind, each.body);
    insert into outbox.open_download (record, school_id, kind, body, ends_by)
      values (each.record, each.school, begin_kind || '.ended', each.body::jsonb, scope.expires_at());
  end loop;
end
$$;

-- Writes the end of those of these downloads that owe one. What is given adds outcome and counts; who read what, and why, stays as
-- it was when they began. Returns how many ends were written: none for a record that began no download, or has its end.
create function outbox.end_download(records uuid[], ends text[]) returns integer
  language plpgsql volatile security definer
  set search_path = pg_catalog, pg_temp
as $$
declare
  each record;
  written integer := 0;
begin
  for each in
    with gone as (
      delete from outbox.open_download d
      using unnest(records, ends) as e(record, body)
      where d.record = e.record
      returning d.record, d.school_id, d.kind, d.body, e.body::jsonb as said
    )
    select * from gone order by school_id
  loop
    if each.said ->> 'outcome' = any ('{completed,cut,expired,revoked,failed}') is not true then
      raise invalid_parameter_value using message = 'no outcome of a download';
    end if;
    perform outbox.put(gen_random_uuid(), each.school_id, each.kind,
      (each.body
        || coalesce((
          select jsonb_object_agg(s.key, s.value) from jsonb_each(each.said) as s
          where s.key = any ('{outcome,filter,classes,rows,pupils,digest,bytes}')), '{}')
        || jsonb_build_object('concerns', each.record))::text);
    written := written + 1;
  end loop;
  return written;
end
$$;

-- Ends what nobody ended and nobody reads any more: the process was killed, or could not write. How it ended is unknown.
create function outbox.sweep_downloads(margin interval) returns integer
  language plpgsql volatile security definer
  set search_path = pg_catalog, pg_temp
as $$
declare
  each record;
  written integer := 0;
begin
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

revoke all on function outbox.put(uuid, uuid, text, text) from public;
revoke all on function outbox.begin_download(uuid[], uuid[], text, text[]) from public;
revoke all on function outbox.end_download(uuid[], text[]) from public;
revoke all on function outbox.sweep_downloads(interval) from public;
grant execute on function outbox.begin_download(uuid[], uuid[], text, text[]) to ${service}_school, ${service}_class;
-- Neither role that reads ends a download: the relay's has no scope, sees no data, and has connections that no reader holds.
grant execute on function outbox.end_download(uuid[], text[]), outbox.sweep_downloads(interval) to ${service}_relay;
