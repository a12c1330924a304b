-- What several services deliver at one moment is appended in one transaction, under one checkpoint: a commit and a signature
-- for all of them.

-- As before (V100), for the tree that there is in the end: in between it may have grown several times.
create or replace function log.require_signature() returns trigger
  language plpgsql volatile security definer
  set search_path = pg_catalog, pg_temp
as $$
begin
  if not exists (select from public.head h join public.checkpoint c on c.size = h.size) then
    raise exception using errcode = 'PS003', message = 'the tree was not signed';
  end if;
  return null;
end
$$;

drop function log.append(text, uuid[], uuid[], bigint[], text[], bytea[]);

-- As log.count_touches (V110), which an erasure counts a day anew with, but from the rows themselves, whoever added them.
create function log.count_added() returns trigger
  language plpgsql volatile security definer
  set search_path = pg_catalog, pg_temp
as $$
begin
  -- Rows of events, of their classes and of their columns in one heap, and one pass over it: joins would be planned for one row,
  -- since nobody knows beforehand how many were added.
  with event as (
    select a.school_id, date_trunc('day', a.occurred_at, 'UTC') as day, a.kind,
      coalesce(a.actor, '00000000-0000-0000-0000-000000000000') as actor, coalesce(a.role, '') as role,
      a.occurred_at as at, a.class_ids, a.column_names,
      coalesce(a.row_count, 0) as row_count, coalesce(a.pupil_count, 0) as pupil_count
    from added a
    where a.outcome <> 'refused'
  ), heap as (
    select e.school_id, e.day, e.kind, e.actor, e.role, e.at, e.row_count, e.pupil_count,
      null::uuid as class_id, null::text as column_name
    from event e
    union all
    select e.school_id, e.day, e.kind, e.actor, e.role, null, null, null, c.id, null
    from event e cross join lateral unnest(e.class_ids) as c(id)
    union all
    select e.school_id, e.day, e.kind, e.actor, e.role, null, null, null, null, c.name
    from event e cross join lateral unnest(e.column_names) as c(name)
  )
  insert into public.touch as t (
    school_id, day, kind, actor, role, class_ids, column_names, records, row_count, pupils_most, pupils_sum, first_at, last_at)
  select h.school_id, h.day, h.kind, h.actor, h.role,
    coalesce(array_agg(distinct h.class_id) filter (where h.class_id is not null), '{}'),
    coalesce(array_agg(distinct h.column_name) filter (where h.column_name is not null), '{}'),
    count(h.at), sum(h.row_count)::bigint, max(h.pupil_count), sum(h.pupil_count)::bigint, min(h.at), max(h.at)
  from heap h
  group by h.school_id, h.day, h.kind, h.actor, h.role
  -- In one order, so that two appends could never wait for each other; they take turns anyway.
  order by h.school_id, h.day, h.kind, h.actor, h.role
  on conflict (school_id, day, kind, actor, role) do update set
    -- Lists repeat: most of the time there is nothing to add.
    class_ids = case when excluded.class_ids <@ t.class_ids then t.class_ids
      else array(select distinct u.id from unnest(t.class_ids || excluded.class_ids) as u(id) order by 1) end,
    column_names = case when excluded.column_names <@ t.column_names then t.column_names
      else array(select distinct u.name from unnest(t.column_names || excluded.column_names) as u(name) order by 1) end,
    records = t.records + excluded.records,
    row_count = t.row_count + excluded.row_count,
    pupils_most = greatest(t.pupils_most, excluded.pupils_most),
    pupils_sum = t.pupils_sum + excluded.pupils_sum,
    first_at = least(t.first_at, excluded.first_at),
    last_at = greatest(t.last_at, excluded.last_at);
  return null;
end
$$;

revoke all on function log.count_added() from public;

create trigger counted after insert on record referencing new table as added
  for each statement execute function log.count_added();

grant create on schema log to ${service}_clerk;
alter function log.count_added() owner to ${service}_clerk;
revoke create on schema log from ${service}_clerk;

-- Appends events and returns the leaf index of each, in their order, and nothing else. An event that is there already keeps
-- its leaf. PS001: a number of a school's sequence is missing or taken. PS002: the same id came with another number before.
create function log.append(
  event_sources text[], event_ids uuid[], event_schools uuid[], event_sequences bigint[], event_bodies text[],
  event_salts bytea[])
  returns bigint[]
  language plpgsql volatile security definer
  set search_path = pg_catalog, pg_temp
as $$
declare
  leaves bigint := log.take_turn();
  is_changed boolean;
  is_gap boolean;
  added bigint;
  answer bigint[];
begin
  -- Each school's new numbers of a source go on from its last one, each once. Nothing here and below joins two sets of unknown size.
  with given as (
    select g.*, i.source as held_source, i.sequence as held_sequence
    from unnest(event_sources, event_ids, event_schools, event_sequences) as g(source, id, school_id, sequence)
    left join public.inbox i on i.school_id = g.school_id and i.id = g.id
  ), run as (
    select g.school_id, g.source, min(g.sequence) as low, max(g.sequence) as high, count(*) as events,
      count(distinct g.sequence) as numbers
    from given g where g.held_sequence is null
    group by g.school_id, g.source
  )
  select
    exists (select from given g where g.held_source <> g.source or g.held_sequence <> g.sequence),
    exists (
      select from run r
      where r.events <> r.numbers or r.high - r.low + 1 <> r.events
        or r.low <> 1 + coalesce((
          select max(i.sequence) from public.inbox i where i.school_id = r.school_id and i.source = r.source), 0))
  into is_changed, is_gap;
  if is_changed then
    raise exception using errcode = 'PS002', message = 'an event changed its number';
  end if;
  if is_gap then
    raise exception using errcode = 'PS001', message = 'an event is missing before this one';
  end if;

  with given as materialized (
    select g.*, i.leaf_index as held,
      case when i.leaf_index is null
        then leaves - 1 + row_number() over (partition by i.leaf_index is null order by g.nth)
        else i.leaf_index end as leaf_index
    from unnest(event_sources, event_ids, event_schools, event_sequences, event_bodies, event_salts)
      with ordinality as g(source, id, school_id, sequence, body, salt, nth)
    left join public.inbox i on i.school_id = g.school_id and i.id = g.id
  ), fresh as (
    select g.* from given g where g.held is null
  ), noted as (
    insert into public.inbox (school_id, id, source, sequence, leaf_index)
    select f.school_id, f.id, f.source, f.sequence, f.leaf_index from fresh f
  ), recorded as (
    insert into public.record (
      school_id, id, leaf_index, source, sequence, kind, occurred_at, outcome, actor, role,
      class_ids, column_names, row_count, pupil_count, salt, body)
    -- Taken out of the body here, so that no column can say anything else than what was committed to.
    select f.school_id, f.id, f.leaf_index, f.source, f.sequence,
      j.body ->> 'kind', (j.body ->> 'when')::timestamptz, j.body ->> 'outcome',
      (j.body #>> '{who,account}')::uuid, j.body #>> '{who,role}',
      array(select jsonb_array_elements_text(j.body #> '{what,classes}'))::uuid[],
      array(select jsonb_array_elements_text(j.body #> '{what,columns}')),
      (j.body #>> '{what,rows}')::bigint, (j.body #>> '{what,pupils}')::bigint, f.salt, f.body
    from fresh f cross join lateral (select f.body::jsonb as body offset 0) as j
  )
  select count(*) filter (where g.held is null), array_agg(g.leaf_index order by g.nth)
  into added, answer
  from given g;

  if added > 0 then
    update public.head set size = leaves + added;
  end if;
  return answer;
end
$$;

revoke all on function log.append(text[], uuid[], uuid[], bigint[], text[], bytea[]) from public;
grant execute on function log.append(text[], uuid[], uuid[], bigint[], text[], bytea[]) to ${service}_school;
