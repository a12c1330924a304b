-- The length is checked where a download begins. A constraint of the table is checked again when the sweep puts a row off, so one
-- row from before the constraint would have stopped every sweep.
alter table outbox.open_download drop constraint of_a_length;

create or replace function outbox.begin_download(records uuid[], schools uuid[], begin_kind text, bodies text[]) returns void
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
    -- What begins must be able to end: the end is its beginning and a little more, and an event has its length (V0032).
    if length(begin_kind || '.ended') > 64 or length((each.body::jsonb)::text) > 200000 then
      raise check_violation using message = 'a download of this length could never be ended';
    end if;
    insert into outbox.open_download (record, school_id, kind, body, ends_by)
      values (each.record, each.school, begin_kind || '.ended', each.body::jsonb, scope.expires_at());
  end loop;
end
$$;
