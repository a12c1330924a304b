-- As before, but downloads that somebody else is ending at the moment are left alone when a busy school is put off: waiting for one
-- of them ended the whole sweep.
create or replace function outbox.sweep_downloads(margin interval) returns integer
  language plpgsql volatile security definer
  set search_path = pg_catalog, pg_temp
  set lock_timeout = '100ms'
as $$
declare
  over outbox.open_download;
  busy uuid[] := '{}';
  written integer := 0;
begin
  if (margin between interval '0' and interval '1 day') is not true then
    raise invalid_parameter_value using message = 'no margin of a sweep';
  end if;
  for over in
    with due as (
      select o.record from outbox.open_download o
      where o.ends_by < clock_timestamp() - margin
      order by o.ends_by limit 500 for update skip locked
    )
    -- In the order of the schools, whose numbers are taken so everywhere.
    select d.* from outbox.open_download d join due using (record) order by d.school_id
  loop
    continue when over.school_id = any (busy);
    begin
      delete from outbox.open_download d where d.record = over.record;
      perform outbox.put(gen_random_uuid(), over.school_id, over.kind,
        (over.body || jsonb_build_object('outcome', 'unknown', 'concerns', over.record))::text);
      written := written + 1;
    exception
      when lock_not_available then
        busy := busy || over.school_id;
        update outbox.open_download d
          set ends_by = clock_timestamp() - margin + interval '10 seconds'
          where d.record in (
            select o.record from outbox.open_download o
            where o.school_id = over.school_id and o.ends_by < clock_timestamp() - margin
            for update skip locked);
      when others then
        raise warning 'download % has no end: %', over.record, sqlstate;
        update outbox.open_download d
          set ends_by = clock_timestamp() + case
            when sqlstate like '22%' or sqlstate = '23514' then interval '1 hour' else interval '10 seconds' end
          where d.record = over.record;
    end;
  end loop;
  return written;
end
$$;

-- An end is written over one of the relay's few connections. While a school holds its own events, its ends fail and are tried again;
-- waiting for them, they would keep every other school's events and downloads waiting, too.
alter function outbox.end_download(uuid[], text[]) set lock_timeout = '100ms';
