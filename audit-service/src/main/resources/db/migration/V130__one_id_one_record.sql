-- An event has its id for good, whichever school it is of (docs/adr/0010): the keys are the ids alone, and so is the look for one.
alter table record drop constraint record_pkey, add primary key (id);
alter table inbox drop constraint inbox_pkey, add primary key (id);
alter table refusal drop constraint refusal_pkey, add primary key (id);
alter table mismatch add unique (id);

-- Appends events and returns the leaf index of each, in their order, and nothing else. An event that is there already keeps
-- its leaf. PS001: a number of a school's sequence is missing or taken. PS002: the same id came with
-- another number, or of another school, before.
create or replace function log.append(
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
    select g.*, i.source as held_source, i.sequence as held_sequence, i.school_id as held_school
    from unnest(event_sources, event_ids, event_schools, event_sequences) as g(source, id, school_id, sequence)
    left join public.inbox i on i.id = g.id
  ), run as (
    select g.school_id, g.source, min(g.sequence) as low, max(g.sequence) as high, count(*) as events,
      count(distinct g.sequence) as numbers
    from given g where g.held_sequence is null
    group by g.school_id, g.source
  )
  select
    exists (select from given g where (g.held_source, g.held_sequence, g.held_school) <> (g.source, g.sequence, g.school_id)),
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
