-- Who held a school, and what an entry of the staff list permitted when, is history like roles and clusters. A lease's last
-- use is none: it changes with each request. An entry belongs to no school, and its key is an address.
grant create on schema entry to ${service}_clerk;
set local role ${service}_clerk;

create or replace function entry.note_change() returns trigger
  language plpgsql security definer
  set search_path = pg_catalog, pg_temp
as $$
declare
  unsaid text[] := '{address,reason,staff_key,used_at}';
  before jsonb := case when tg_op <> 'INSERT' then to_jsonb(old) - unsaid end;
  after jsonb := case when tg_op <> 'DELETE' then to_jsonb(new) - unsaid end;
begin
  if before is distinct from after then
    insert into public.history (school_id, actor, subject, before, after)
      values (coalesce((coalesce(after, before) ->> 'school_id')::uuid, '00000000-0000-0000-0000-000000000000'),
        scope.account(), tg_table_name, before, after);
  end if;
  return null;
end
$$;

set local role none;
revoke create on schema entry from ${service}_clerk;

create trigger note_change after insert or update or delete on employee_lease
  for each row execute function entry.note_change();
create trigger note_change after insert or update or delete on staff
  for each row execute function entry.note_change();
