-- Incidents. All tables are insert-only: what was written stands, and how a breach stands is derived from it.
-- They are the company's own, so a scope opens them by its permission alone; no scope sees a row without it.
-- Times are the database's: no role may write them (column grants), so nobody can back-date.

create table breach (
  id uuid primary key,
  aware_at timestamptz not null,
  summary text not null check (char_length(summary) between 1 and 500),
  window_from timestamptz not null,
  window_to timestamptz not null,
  opened_by uuid not null,
  opened_at timestamptz not null default clock_timestamp(),
  -- A repeated request with the same key finds the breach that the first one opened.
  idempotency_key text not null check (char_length(idempotency_key) between 1 and 128),
  request_hash text not null check (char_length(request_hash) = 64),
  unique (opened_by, idempotency_key),
  check (window_from < window_to),
  -- A clock may differ by a minute; awareness further ahead would postpone every deadline.
  check (aware_at <= opened_at + interval '60 seconds')
);

create index breach_newest on breach (opened_at, id);

create table breach_suspect (
  breach_id uuid not null references breach,
  account uuid not null,
  primary key (breach_id, account)
);

create table step_completion (
  breach_id uuid not null references breach,
  step text not null check (step in
    ('scope', 'notify-schools', 'notify-ico', 'investigation', 'full-report', 'publication')),
  completed_by uuid not null,
  met_at timestamptz not null default clock_timestamp(),
  primary key (breach_id, step)
);

create table finding (
  id uuid primary key,
  breach_id uuid not null references breach,
  kind text not null check (kind in ('finding', 'evidence', 'decision')),
  text text not null check (char_length(text) between 1 and 4000),
  found_by uuid not null,
  found_at timestamptz not null default clock_timestamp(),
  idempotency_key text not null check (char_length(idempotency_key) between 1 and 128),
  unique (breach_id, found_by, idempotency_key)
);

-- A school that a person confirmed as affected, once a breach. Another one found later is another row.
create table scope_confirmation (
  school_id uuid not null,
  breach_id uuid not null references breach,
  confirmed_by uuid not null,
  confirmed_at timestamptz not null default clock_timestamp(),
  primary key (school_id, breach_id)
);

create index scope_confirmation_breach on scope_confirmation (breach_id);

create table rung (
  breach_id uuid not null references breach,
  step text not null,
  percent smallint not null check (percent in (50, 75, 90, 100)),
  due_at timestamptz not null,
  fired_at timestamptz not null default clock_timestamp(),
  primary key (breach_id, step, percent)
);

-- Who may read and add. One policy a role and command; who did it is who the sealed scope says.
do $$
declare
  each text;
begin
  foreach each in array array['breach', 'breach_suspect', 'step_completion', 'finding', 'scope_confirmation', 'rung']
  loop
    execute format('alter table %I enable row level security', each);
    execute format('alter table %I force row level security', each);
    execute format('grant select on %I to ${service}_school', each);
    execute format(
      'create policy officer_reads on %I for select to ${service}_school using ((select scope.permits(''breach:manage'')))',
      each);
  end loop;
end
$$;

grant insert (id, aware_at, summary, window_from, window_to, opened_by, idempotency_key, request_hash)
  on breach to ${service}_school;
grant insert (breach_id, account) on breach_suspect to ${service}_school;
grant insert (breach_id, step, completed_by) on step_completion to ${service}_school;
grant insert (id, breach_id, kind, text, found_by, idempotency_key) on finding to ${service}_school;
grant insert (school_id, breach_id, confirmed_by) on scope_confirmation to ${service}_school;

create policy officer_opens on breach for insert to ${service}_school
  with check ((select scope.permits('breach:manage')) and opened_by = (select scope.account()));
create policy officer_suspects on breach_suspect for insert to ${service}_school
  with check ((select scope.permits('breach:manage')));
create policy officer_completes on step_completion for insert to ${service}_school
  with check ((select scope.permits('breach:manage')) and completed_by = (select scope.account()));
create policy officer_finds on finding for insert to ${service}_school
  with check ((select scope.permits('breach:manage')) and found_by = (select scope.account()));
create policy officer_confirms on scope_confirmation for insert to ${service}_school
  with check ((select scope.permits('breach:manage')) and confirmed_by = (select scope.account()));

-- No role has a grant to change a row; this refuses the owner, too, unless it first drops the trigger.
create function refuse_change() returns trigger
  language plpgsql
  set search_path = pg_catalog, pg_temp
as $$
begin
  raise insufficient_privilege using message = 'this table is insert-only';
end
$$;

do $$
declare
  each text;
begin
  foreach each in array array['breach', 'breach_suspect', 'step_completion', 'finding', 'scope_confirmation', 'rung']
  loop
    execute format(
      'create trigger insert_only before update or delete or truncate on %I
       for each statement execute function refuse_change()',
      each);
  end loop;
end
$$;
