-- What begins must be able to end: the end of a download is its beginning and a little more, and an event has its length (V0032).
alter table outbox.open_download add constraint of_a_length
  check (length(kind) <= 64 and length(body::text) <= 200000) not valid;

-- As before, but a download whose end cannot be written is put off and does not block the others: for an hour if its content is
-- why, for a moment otherwise.
create or replace function outbox.sweep_downloads(margin interval) returns integer
  language plpgsql volatile security definer
  set search_path = pg_catalog, pg_temp
as $$
declare
  over outbox.open_download;
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
    begin
      delete from outbox.open_download d where d.record = over.record;
      perform outbox.put(gen_random_uuid(), over.school_id, over.kind,
        (over.body || jsonb_build_object('outcome', 'unknown', 'concerns', over.record))::text);
      written := written + 1;
    exception when others then
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
