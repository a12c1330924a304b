-- The first time that the log did not fit what a school saw, for breach to act on: when, and an id to act on it once. Which
-- school it is stays here; its own log names it.
create table mismatch (
  school_id uuid primary key,
  id uuid not null default gen_random_uuid(),
  raised_at timestamptz not null default clock_timestamp()
);

alter table mismatch enable row level security;
alter table mismatch force row level security;

-- Nobody but these two functions touches it, and nobody changes or removes a row.
create function log.raise_alarm() returns void
  language sql volatile security definer
  set search_path = pg_catalog, pg_temp
begin atomic
  insert into public.mismatch (school_id)
  select s.id from unnest(scope.schools('audit:read')) as s(id)
  on conflict (school_id) do nothing;
end;

create function log.alarms() returns table (id uuid, raised_at timestamptz)
  language sql stable security definer
  set search_path = pg_catalog, pg_temp
begin atomic
  select m.id, m.raised_at from public.mismatch m order by m.raised_at, m.id;
end;

grant select, insert on mismatch to ${service}_clerk;
create policy clerk_reads on mismatch for select to ${service}_clerk using (true);
create policy clerk_raises on mismatch for insert to ${service}_clerk with check (true);

revoke all on function log.raise_alarm(), log.alarms() from public;
grant execute on function log.raise_alarm(), log.alarms() to ${service}_school;
grant create on schema log to ${service}_clerk;
alter function log.raise_alarm() owner to ${service}_clerk;
alter function log.alarms() owner to ${service}_clerk;
revoke create on schema log from ${service}_clerk;
