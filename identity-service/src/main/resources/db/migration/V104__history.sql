-- Who changed what, when, from what to what. A trigger writes it, so that no change goes without; nobody can
-- change or delete it. Addresses and reasons stay out: history outlives what it tells of.
create schema entry;
grant usage on schema entry to ${service}_school, ${service}_class;
grant usage, create on schema entry to ${service}_clerk;

create table history (
  school_id uuid not null,
  change_id uuid not null default gen_random_uuid(),
  changed_at timestamptz not null default clock_timestamp(),
  actor uuid,
  subject text not null,
  before jsonb,
  after jsonb,
  primary key (school_id, change_id)
);

create index history_by_time on history (school_id, changed_at, change_id);

alter table history enable row level security;
alter table history force row level security;

grant select on history to ${service}_school;
create policy school_reads on history for select to ${service}_school
  using (school_id = any ((select scope.schools('identity:manage'))::uuid[]));

grant insert on history to ${service}_clerk;
create policy clerk_adds on history for insert to ${service}_clerk with check (true);

create function entry.note_change() returns trigger
  language plpgsql security definer
  set search_path = pg_catalog, pg_temp
as $$
declare
  before jsonb := case when tg_op <> 'INSERT' then to_jsonb(old) - '{address,reason}'::text[] end;
  after jsonb := case when tg_op <> 'DELETE' then to_jsonb(new) - '{address,reason}'::text[] end;
begin
  insert into public.history (school_id, actor, subject, before, after)
    values ((coalesce(after, before) ->> 'school_id')::uuid, scope.account(), tg_table_name, before, after);
  return null;
end
$$;

create trigger note_change after insert or update or delete on school
  for each row execute function entry.note_change();
create trigger note_change after insert or update or delete on school_class
  for each row execute function entry.note_change();
create trigger note_change after insert or update or delete on invitation
  for each row execute function entry.note_change();
create trigger note_change after insert or update or delete on membership
  for each row execute function entry.note_change();
create trigger note_change after insert or update or delete on cluster
  for each row execute function entry.note_change();
create trigger note_change after insert or update or delete on cluster_cell
  for each row execute function entry.note_change();
create trigger note_change after insert or update or delete on cluster_approval
  for each row execute function entry.note_change();
create trigger note_change after insert or update or delete on cluster_account
  for each row execute function entry.note_change();
create trigger note_change after insert or update or delete on consent
  for each row execute function entry.note_change();
