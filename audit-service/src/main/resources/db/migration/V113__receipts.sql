-- What a service's relay may learn of its own events, and which events the log could not take.

-- Events of which the log holds only that they were there (docs/adr/0008): their records say no more than the rule.
create table refusal (
  school_id uuid not null,
  id uuid not null,
  rule text not null check (rule ~ '^[a-z-]{1,40}$'),
  refused_at timestamptz not null default now(),
  primary key (school_id, id)
);

alter table refusal enable row level security;
alter table refusal force row level security;

create policy log_reads on refusal for select to ${service}_owner using (true);
create policy log_adds on refusal for insert to ${service}_owner with check (true);

-- Notes refusals, in the transaction that appends what stands in their place; one that is noted already stays.
create function log.note_refusals(event_ids uuid[], event_schools uuid[], rules text[]) returns void
  language sql volatile security definer
begin atomic
  insert into public.refusal (school_id, id, rule)
  select g.school_id, g.id, g.rule from unnest(event_ids, event_schools, rules) as g(id, school_id, rule)
  where not exists (select from public.refusal r where r.school_id = g.school_id and r.id = g.id);
end;

-- Where the log holds events of one source (null where it does not), and the next number that it expects of their
-- schools; one statement, so that the two fit together.
create function log.receipts(event_source text, event_ids uuid[], event_schools uuid[])
  returns table (nth bigint, leaf_index bigint, refused boolean, next_sequence bigint)
  language sql stable security definer
begin atomic
  select g.nth, i.leaf_index, r.id is not null,
    coalesce((select max(h.sequence) from public.inbox h
      where h.school_id = g.school_id and h.source = event_source), 0) + 1
  from unnest(event_ids, event_schools) with ordinality as g(id, school_id, nth)
  left join public.inbox i on i.school_id = g.school_id and i.id = g.id and i.source = event_source
  left join public.refusal r on r.school_id = i.school_id and r.id = i.id
  order by g.nth;
end;

revoke all on function log.note_refusals(uuid[], uuid[], text[]), log.receipts(text, uuid[], uuid[]) from public;
grant execute on function log.note_refusals(uuid[], uuid[], text[]), log.receipts(text, uuid[], uuid[])
  to ${service}_school;
