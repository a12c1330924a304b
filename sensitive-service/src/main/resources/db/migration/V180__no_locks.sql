-- A login role takes no lock by name and locks no table, for which PostgreSQL asks the right to delete from it: functions take the one
-- lock and remove the rows that a load needs. They run as the clerk, under the same row policies as before.
create schema pupil;
grant usage, create on schema pupil to ${service}_clerk;
grant usage on schema pupil to ${service}_school;

revoke delete on pupil_record from ${service}_school;
drop policy school_removes on pupil_record;
grant select, delete on pupil_record to ${service}_clerk;
create policy clerk_reads on pupil_record for select to ${service}_clerk
  using (school_id = any ((select scope.schools('sensitive:write'))::uuid[]));
-- A pupil who leaves a class must no longer be seen by those who see that class.
create policy clerk_removes on pupil_record for delete to ${service}_clerk
  using (school_id = any ((select scope.schools('sensitive:write'))::uuid[]));

set local role ${service}_clerk;

-- Records are laid over what is stored, so that two uploads of one school take turns. Only they do: who may not write the school's
-- records waits for nobody, and nobody for them.
create function pupil.take_turn(school uuid) returns boolean
  language plpgsql volatile security definer
  set search_path = pg_catalog, pg_temp
as $$
begin
  if school = any (scope.schools('sensitive:write')) is not true then
    return false;
  end if;
  perform pg_advisory_xact_lock(hashtextextended('pupil_record ' || school::text, 0));
  return true;
end
$$;

-- Removes the records of these pupils in every class of the school but those named beside them; returns whose were removed.
create function pupil.leave_other_classes(school uuid, ps_ids uuid[], member_ps_ids uuid[], member_class_ids uuid[])
  returns setof uuid
  language sql volatile security definer
  set search_path = pg_catalog, pg_temp
as $$
  delete from public.pupil_record r
  where r.school_id = school and r.ps_id = any (ps_ids)
    and (r.ps_id, r.class_id) not in (
      select m.ps_id, m.class_id from unnest(member_ps_ids, member_class_ids) as m(ps_id, class_id))
  returning r.ps_id;
$$;

revoke all on all functions in schema pupil from public;
grant execute on function pupil.take_turn(uuid), pupil.leave_other_classes(uuid, uuid[], uuid[], uuid[])
  to ${service}_school;
set local role none;
revoke create on schema pupil from ${service}_clerk;
