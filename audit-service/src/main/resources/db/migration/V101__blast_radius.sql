-- The first hour of a breach (policy B1): counts by actor and kind, never a row. There are two ways to them, and row
-- security decides on each: a school's own people read them as the school role, within 'audit:read'; an errand of
-- breach reads them through errand_touches, which runs as the owner, and the owner's one policy to read a record is
-- bound to a sealed scope with 'audit:blast-radius'. A second policy on the school role would be an OR on every read.

create policy errand_counts on record for select to ${service}_owner
  using (school_id = any ((select scope.schools('audit:blast-radius'))::uuid[]));

-- Refused attempts touched nothing and are left out. Nulls ask for every actor or every school in scope.
create function log.touches(since timestamptz, until timestamptz, by_actor uuid, in_school uuid)
  returns table (
    school_id uuid, actor uuid, role text, kind text, class_ids uuid[], column_names text[], records bigint,
    row_count bigint, pupils_at_least bigint, pupils_at_most bigint, first_at timestamptz, last_at timestamptz)
  language sql stable
begin atomic
  with touched as (
    select r.school_id, r.actor, r.role, r.kind, r.class_ids, r.column_names, r.row_count, r.pupil_count, r.occurred_at
    from public.record r
    where r.occurred_at >= since and r.occurred_at < until
      and (by_actor is null or r.actor = by_actor)
      and (in_school is null or r.school_id = in_school)
      and r.outcome <> 'refused'
  ), counted as (
    select t.school_id, t.actor, t.role, t.kind, count(*) as records,
      coalesce(sum(t.row_count), 0)::bigint as row_count,
      coalesce(max(t.pupil_count), 0) as pupils_at_least,
      coalesce(sum(t.pupil_count), 0)::bigint as pupils_at_most,
      min(t.occurred_at) as first_at, max(t.occurred_at) as last_at
    from touched t group by t.school_id, t.actor, t.role, t.kind
  ), class_lists as (
    select t.school_id, t.actor, t.role, t.kind, array_agg(distinct c.id) as ids
    from touched t cross join lateral unnest(t.class_ids) as c(id) group by t.school_id, t.actor, t.role, t.kind
  ), column_lists as (
    select t.school_id, t.actor, t.role, t.kind, array_agg(distinct c.name) as names
    from touched t cross join lateral unnest(t.column_names) as c(name) group by t.school_id, t.actor, t.role, t.kind
  )
  select n.school_id, n.actor, n.role, n.kind, coalesce(c.ids, '{}'), coalesce(l.names, '{}'), n.records,
    n.row_count, n.pupils_at_least, n.pupils_at_most, n.first_at, n.last_at
  from counted n
  left join class_lists c on c.school_id = n.school_id and c.kind = n.kind
    and c.actor is not distinct from n.actor and c.role is not distinct from n.role
  left join column_lists l on l.school_id = n.school_id and l.kind = n.kind
    and l.actor is not distinct from n.actor and l.role is not distinct from n.role
  order by n.school_id, n.first_at, n.actor, n.kind;
end;

create function log.errand_touches(since timestamptz, until timestamptz, by_actor uuid, in_school uuid)
  returns table (
    school_id uuid, actor uuid, role text, kind text, class_ids uuid[], column_names text[], records bigint,
    row_count bigint, pupils_at_least bigint, pupils_at_most bigint, first_at timestamptz, last_at timestamptz)
  language sql stable security definer
begin atomic
  select * from log.touches(since, until, by_actor, in_school);
end;

revoke all on function log.touches(timestamptz, timestamptz, uuid, uuid),
  log.errand_touches(timestamptz, timestamptz, uuid, uuid) from public;
grant execute on function log.touches(timestamptz, timestamptz, uuid, uuid),
  log.errand_touches(timestamptz, timestamptz, uuid, uuid) to ${service}_school;
