-- The blast radius (policy B1) over millions of records: what was touched, counted by school, UTC day, actor, role and
-- kind as records come in, so that a question reads the days between its ends and records only at its two ends. It says
-- nothing that table record does not say, and is made from the same text that the log commits to.
create table touch (
  school_id uuid not null,
  -- Its first moment.
  day timestamptz not null,
  kind text not null,
  -- The nil UUID and no text stand for nobody: a key needs something that equals itself.
  actor uuid not null,
  role text not null,
  class_ids uuid[] not null,
  column_names text[] not null,
  records bigint not null,
  row_count bigint not null,
  pupils_most bigint not null,
  pupils_sum bigint not null,
  first_at timestamptz not null,
  last_at timestamptz not null,
  primary key (school_id, day, kind, actor, role)
);

alter table touch enable row level security;
alter table touch force row level security;
grant select on touch to ${service}_school;
create policy school_reads on touch for select to ${service}_school
  using (school_id = any ((select scope.schools('audit:read'))::uuid[]));
create policy errand_counts on touch for select to ${service}_owner
  using (school_id = any ((select scope.schools('audit:blast-radius'))::uuid[]));

-- Counting needs to read what it adds to, whatever the school; the owner must not, or an errand would see every school. So
-- it is the clerk's: a role that cannot log in, owns no table and is reached through this function alone.
grant select, insert, update, delete on touch to ${service}_clerk;
create policy clerk_reads on touch for select to ${service}_clerk using (true);
create policy clerk_adds on touch for insert to ${service}_clerk with check (true);
create policy clerk_changes on touch for update to ${service}_clerk using (true) with check (true);

-- Adds records to the counts; each is an object with school, when, kind, outcome, who and what. Refused attempts touched nothing.
create function log.count_touches(events jsonb) returns void
  language sql volatile security definer
begin atomic
  with event as (
    select (e.body ->> 'school')::uuid as school_id, (e.body ->> 'when')::timestamptz as at, e.body ->> 'kind' as kind,
      coalesce((e.body #>> '{who,account}')::uuid, '00000000-0000-0000-0000-000000000000') as actor,
      coalesce(e.body #>> '{who,role}', '') as role, e.body -> 'what' as what
    from jsonb_array_elements(events) as e(body)
    where e.body ->> 'outcome' <> 'refused'
  ), daily as (
    select date_trunc('day', e.at, 'UTC') as day, e.* from event e
  ), counted as (
    select d.school_id, d.day, d.kind, d.actor, d.role, count(*) as records,
      coalesce(sum((d.what ->> 'rows')::bigint), 0)::bigint as row_count,
      coalesce(max((d.what ->> 'pupils')::bigint), 0) as pupils_most,
      coalesce(sum((d.what ->> 'pupils')::bigint), 0)::bigint as pupils_sum,
      min(d.at) as first_at, max(d.at) as last_at
    from daily d group by d.school_id, d.day, d.kind, d.actor, d.role
  ), class_lists as (
    select d.school_id, d.day, d.kind, d.actor, d.role, array_agg(distinct c.id::uuid) as ids
    from daily d cross join lateral jsonb_array_elements_text(d.what -> 'classes') as c(id)
    group by d.school_id, d.day, d.kind, d.actor, d.role
  ), column_lists as (
    select d.school_id, d.day, d.kind, d.actor, d.role, array_agg(distinct c.name) as names
    from daily d cross join lateral jsonb_array_elements_text(d.what -> 'columns') as c(name)
    group by d.school_id, d.day, d.kind, d.actor, d.role
  )
  insert into public.touch as t (
    school_id, day, kind, actor, role, class_ids, column_names, records, row_count, pupils_most, pupils_sum, first_at, last_at)
  select n.school_id, n.day, n.kind, n.actor, n.role, coalesce(c.ids, '{}'), coalesce(l.names, '{}'), n.records, n.row_count,
    n.pupils_most, n.pupils_sum, n.first_at, n.last_at
  from counted n
  left join class_lists c using (school_id, day, kind, actor, role)
  left join column_lists l using (school_id, day, kind, actor, role)
  -- In one order, so that two appends could never wait for each other; they take turns anyway.
  order by n.school_id, n.day, n.kind, n.actor, n.role
  on conflict (school_id, day, kind, actor, role) do update set
    class_ids = array(select distinct u.id from unnest(t.class_ids || excluded.class_ids) as u(id) order by 1),
    column_names = array(select distinct u.name from unnest(t.column_names || excluded.column_names) as u(name) order by 1),
    records = t.records + excluded.records,
    row_count = t.row_count + excluded.row_count,
    pupils_most = greatest(t.pupils_most, excluded.pupils_most),
    pupils_sum = t.pupils_sum + excluded.pupils_sum,
    first_at = least(t.first_at, excluded.first_at),
    last_at = greatest(t.last_at, excluded.last_at);
end;

revoke all on function log.count_touches(jsonb) from public;
grant usage, create on schema log to ${service}_clerk;
alter function log.count_touches(jsonb) owner to ${service}_clerk;
revoke create on schema log from ${service}_clerk;
-- Handing it over took the old owner's right along.
set local role ${service}_clerk;
grant execute on function log.count_touches(jsonb) to ${service}_owner;
set local role none;

-- As before (V100), and counts what is new.
create or replace function log.append(
  event_source text, event_ids uuid[], event_schools uuid[], event_sequences bigint[], event_bodies text[],
  event_salts bytea[])
  returns bigint[]
  language plpgsql volatile security definer
  set search_path = pg_catalog, pg_temp
as $$
declare
  leaves bigint := log.take_turn();
  added bigint;
  fresh_bodies jsonb;
  answer bigint[];
begin
  if exists (
    select from unnest(event_ids, event_schools, event_sequences) as g(id, school_id, sequence)
    join public.inbox i on i.school_id = g.school_id and i.id = g.id
    where i.source <> event_source or i.sequence <> g.sequence)
  then
    raise exception using errcode = 'PS002', message = 'an event changed its number';
  end if;

  if exists (
    select from (
      select g.school_id, g.sequence, row_number() over (partition by g.school_id order by g.sequence) as nth
      from unnest(event_ids, event_schools, event_sequences) as g(id, school_id, sequence)
      where not exists (select from public.inbox i where i.school_id = g.school_id and i.id = g.id)) as fresh
    where fresh.sequence <> fresh.nth + coalesce((
      select max(i.sequence) from public.inbox i
      where i.school_id = fresh.school_id and i.source = event_source), 0))
  then
    raise exception using errcode = 'PS001', message = 'an event is missing before this one';
  end if;

  with fresh as (
    select g.*, leaves - 1 + row_number() over (order by g.nth) as leaf_index
    from unnest(event_ids, event_schools, event_sequences, event_bodies, event_salts)
      with ordinality as g(id, school_id, sequence, body, salt, nth)
    where not exists (select from public.inbox i where i.school_id = g.school_id and i.id = g.id)
  ), noted as (
    insert into public.inbox (school_id, id, source, sequence, leaf_index)
    select f.school_id, f.id, event_source, f.sequence, f.leaf_index from fresh f
  ), recorded as (
    insert into public.record (
      school_id, id, leaf_index, source, sequence, kind, occurred_at, outcome, actor, role,
      class_ids, column_names, row_count, pupil_count, salt, body)
    -- Taken out of the body here, so that no column can say anything else than what was committed to.
    select f.school_id, f.id, f.leaf_index, event_source, f.sequence,
      j.body ->> 'kind', (j.body ->> 'when')::timestamptz, j.body ->> 'outcome',
      (j.body #>> '{who,account}')::uuid, j.body #>> '{who,role}',
      array(select jsonb_array_elements_text(j.body #> '{what,classes}'))::uuid[],
      array(select jsonb_array_elements_text(j.body #> '{what,columns}')),
      (j.body #>> '{what,rows}')::bigint, (j.body #>> '{what,pupils}')::bigint, f.salt, f.body
    from fresh f cross join lateral (select f.body::jsonb as body) as j
  )
  select count(*), jsonb_agg(f.body::jsonb || jsonb_build_object('school', f.school_id))
  into added, fresh_bodies from fresh f;

  if added > 0 then
    update public.head set size = leaves + added;
    perform log.count_touches(fresh_bodies);
  end if;

  select array_agg(i.leaf_index order by g.nth) into answer
  from unnest(event_ids, event_schools) with ordinality as g(id, school_id, nth)
  join public.inbox i on i.school_id = g.school_id and i.id = g.id;
  return answer;
end
$$;

-- As before (V101): the days that lie whole between the two ends from the counts, the rest from the records themselves.
create or replace function log.touches(since timestamptz, until timestamptz, by_actor uuid, in_school uuid)
  returns table (
    school_id uuid, actor uuid, role text, kind text, class_ids uuid[], column_names text[], records bigint,
    row_count bigint, pupils_at_least bigint, pupils_at_most bigint, first_at timestamptz, last_at timestamptz)
  language sql stable
begin atomic
  with whole as (
    select date_trunc('day', since + interval '1 day' - interval '1 microsecond', 'UTC') as first_day,
      date_trunc('day', until, 'UTC') as end_day
  ), part as materialized (
    select t.school_id, t.actor, t.role, t.kind, t.class_ids, t.column_names, t.records, t.row_count, t.pupils_most,
      t.pupils_sum, t.first_at, t.last_at
    from public.touch t
    where t.day >= (select w.first_day from whole w) and t.day < (select w.end_day from whole w)
      and (by_actor is null or t.actor = by_actor)
      and (in_school is null or t.school_id = in_school)
    union all
    select r.school_id, coalesce(r.actor, '00000000-0000-0000-0000-000000000000'), coalesce(r.role, ''), r.kind,
      coalesce(r.class_ids, '{}'), coalesce(r.column_names, '{}'), 1, coalesce(r.row_count, 0), coalesce(r.pupil_count, 0),
      coalesce(r.pupil_count, 0), r.occurred_at, r.occurred_at
    from public.record r
    where r.occurred_at >= since and r.occurred_at < least(until, (select w.first_day from whole w))
      and (by_actor is null or r.actor = by_actor)
      and (in_school is null or r.school_id = in_school)
      and r.outcome <> 'refused'
    union all
    select r.school_id, coalesce(r.actor, '00000000-0000-0000-0000-000000000000'), coalesce(r.role, ''), r.kind,
      coalesce(r.class_ids, '{}'), coalesce(r.column_names, '{}'), 1, coalesce(r.row_count, 0), coalesce(r.pupil_count, 0),
      coalesce(r.pupil_count, 0), r.occurred_at, r.occurred_at
    from public.record r
    where r.occurred_at >= greatest(since, (select w.first_day from whole w), (select w.end_day from whole w))
      and r.occurred_at < until
      and (by_actor is null or r.actor = by_actor)
      and (in_school is null or r.school_id = in_school)
      and r.outcome <> 'refused'
  ), counted as (
    select p.school_id, p.actor, p.role, p.kind, sum(p.records)::bigint as records, sum(p.row_count)::bigint as row_count,
      max(p.pupils_most) as pupils_at_least, sum(p.pupils_sum)::bigint as pupils_at_most,
      min(p.first_at) as first_at, max(p.last_at) as last_at
    from part p group by p.school_id, p.actor, p.role, p.kind
  ), class_lists as (
    -- Lists repeat from day to day: few are left to be taken apart.
    select d.school_id, d.actor, d.role, d.kind, array_agg(distinct c.id) as ids
    from (select distinct p.school_id, p.actor, p.role, p.kind, p.class_ids from part p) as d
      cross join lateral unnest(d.class_ids) as c(id)
    group by d.school_id, d.actor, d.role, d.kind
  ), column_lists as (
    select d.school_id, d.actor, d.role, d.kind, array_agg(distinct c.name) as names
    from (select distinct p.school_id, p.actor, p.role, p.kind, p.column_names from part p) as d
      cross join lateral unnest(d.column_names) as c(name)
    group by d.school_id, d.actor, d.role, d.kind
  )
  select n.school_id, nullif(n.actor, '00000000-0000-0000-0000-000000000000'), nullif(n.role, ''), n.kind,
    coalesce(c.ids, '{}'), coalesce(l.names, '{}'), n.records, n.row_count, n.pupils_at_least, n.pupils_at_most, n.first_at,
    n.last_at
  from counted n
  left join class_lists c using (school_id, actor, role, kind)
  left join column_lists l using (school_id, actor, role, kind)
  order by n.school_id, n.first_at, n.actor, n.kind;
end;

-- What is in the log already, school by school. The owner sees it for the length of this transaction, which locks the table.
alter table record no force row level security;

do $$
declare
  school uuid;
begin
  for school in select distinct r.school_id from public.record r loop
    perform log.count_touches((
      select jsonb_agg(coalesce(r.body::jsonb, '{}') || jsonb_build_object(
        'school', r.school_id, 'when', r.occurred_at, 'kind', r.kind, 'outcome', r.outcome))
      from public.record r where r.school_id = school));
  end loop;
end
$$;

alter table record force row level security;
