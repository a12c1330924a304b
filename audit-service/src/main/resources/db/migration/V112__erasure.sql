-- Erasure of one record: its salt and content are destroyed, its leaf, its number and its place in the inbox stay, so every
-- proof of every other record stays valid. Only who holds 'audit:erase' over the school, and nobody can change a record in
-- another way. The functions are the clerk's, whose policies on table record name that permission, too.
grant select, update (salt, body, actor, role, class_ids, column_names, row_count, pupil_count) on record to ${service}_clerk;
create policy clerk_finds on record for select to ${service}_clerk
  using (school_id = any ((select scope.schools('audit:erase'))::uuid[]));
create policy clerk_erases on record for update to ${service}_clerk
  using (school_id = any ((select scope.schools('audit:erase'))::uuid[]))
  with check (school_id = any ((select scope.schools('audit:erase'))::uuid[]));
create policy clerk_removes on touch for delete to ${service}_clerk
  using (school_id = any ((select scope.schools('audit:erase'))::uuid[]));

-- PS004: this record is evidence about the log itself. PS005: it is erased already. No row: it is not there, or not yours.
create function log.erase(which uuid)
  returns table (school uuid, leaf bigint, source_name text, number bigint)
  language plpgsql volatile security definer
  set search_path = pg_catalog, pg_temp
as $$
declare
  found_record record;
  day_of timestamptz;
begin
  -- With the turn to append, so that the day is not counted while it is counted anew.
  perform log.take_turn();
  select r.school_id, r.leaf_index, r.source, r.sequence, r.kind, r.occurred_at, r.body is null as gone
  into found_record from public.record r
  where r.id = which and r.school_id = any (scope.schools('audit:erase'));
  if not found then
    return;
  end if;
  if found_record.kind in ('record.erased', 'log.mismatch', 'log.checkpoint-seen') then
    raise exception using errcode = 'PS004', message = 'a record about the log itself stays';
  end if;
  if found_record.gone then
    raise exception using errcode = 'PS005', message = 'the record is erased';
  end if;
  update public.record r set salt = null, body = null, actor = null, role = null, class_ids = null,
    column_names = null, row_count = null, pupil_count = null
  where r.id = which and r.school_id = found_record.school_id;

  day_of := date_trunc('day', found_record.occurred_at, 'UTC');
  delete from public.touch t where t.school_id = found_record.school_id and t.day = day_of;
  perform log.count_touches((
    select jsonb_agg(coalesce(r.body::jsonb, '{}') || jsonb_build_object(
      'school', r.school_id, 'when', r.occurred_at, 'kind', r.kind, 'outcome', r.outcome))
    from public.record r
    where r.school_id = found_record.school_id and r.occurred_at >= day_of and r.occurred_at < day_of + interval '1 day'));
  return query select found_record.school_id, found_record.leaf_index, found_record.source, found_record.sequence;
end
$$;

revoke all on function log.erase(uuid) from public;
grant execute on function log.erase(uuid) to ${service}_school;
grant execute on function log.take_turn() to ${service}_clerk;
grant create on schema log to ${service}_clerk;
alter function log.erase(uuid) owner to ${service}_clerk;
revoke create on schema log from ${service}_clerk;
