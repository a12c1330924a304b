-- The transparency log (policy D14). Records are readable by the school that they concern; hashes by anyone.
-- Every table has forced row security, so the functions below, which run as the owner, are held by policies too:
-- the owner's policies let them append, never read a record (but for the counts of a breach, see V101).

-- What happened, with the salt that its entry in the tree was made with. Salt, body and what is taken from the body
-- can be set to null: the record is erased then, and the tree stays what it was.
create table record (
  school_id uuid not null,
  id uuid not null,
  leaf_index bigint not null,
  source text not null,
  sequence bigint not null,
  kind text not null,
  occurred_at timestamptz not null,
  outcome text not null,
  actor uuid,
  role text,
  class_ids uuid[],
  column_names text[],
  row_count bigint,
  pupil_count bigint,
  salt bytea check (length(salt) = 32),
  -- Canonical JSON (RFC 8785): to the byte what the entry commits to.
  body text,
  primary key (school_id, id)
);

create index record_by_leaf on record (school_id, leaf_index);
create index record_by_time on record (school_id, occurred_at);

-- Which events are in the log already, for the one who appends and for nobody else.
create table inbox (
  school_id uuid not null,
  id uuid not null,
  source text not null,
  sequence bigint not null check (sequence > 0),
  leaf_index bigint not null,
  primary key (school_id, id),
  unique (school_id, source, sequence)
);

-- How many leaves there are; its row lock is what makes appends take turns.
create table head (
  one boolean primary key default true check (one),
  size bigint not null
);

insert into head (size) values (0);

-- Tiles of hashes (levels 0 to 7) and bundles of entries (level -1), as C2SP tlog-tiles serves them. Hashes only: an
-- entry is a salted commitment. Public, since a verifier needs them and can learn nothing from them.
create table tile (
  level smallint not null check (level between -1 and 7),
  tile_index bigint not null check (tile_index >= 0),
  data bytea not null,
  primary key (level, tile_index)
);

-- Hashes do not compress.
alter table tile alter column data set storage external;

-- Every tree that was signed. Public, since that is what a checkpoint is for.
create table checkpoint (
  size bigint primary key,
  note text not null,
  signed_at timestamptz not null default now()
);

alter table record enable row level security;
alter table record force row level security;
alter table inbox enable row level security;
alter table inbox force row level security;
alter table head enable row level security;
alter table head force row level security;
alter table tile enable row level security;
alter table tile force row level security;
alter table checkpoint enable row level security;
alter table checkpoint force row level security;

grant select on record, tile, checkpoint to ${service}_school;

create policy school_reads on record for select to ${service}_school
  using (school_id = any ((select scope.schools('audit:read'))::uuid[]));
create policy log_adds on record for insert to ${service}_owner with check (true);

create policy log_reads on inbox for select to ${service}_owner using (true);
create policy log_adds on inbox for insert to ${service}_owner with check (true);

create policy log_reads on head for select to ${service}_owner using (true);
create policy log_changes on head for update to ${service}_owner using (true) with check (true);

create policy everybody_reads on tile for select to ${service}_school, ${service}_owner using (true);
create policy log_adds on tile for insert to ${service}_owner with check (true);
create policy log_changes on tile for update to ${service}_owner using (true) with check (true);

create policy everybody_reads on checkpoint for select to ${service}_school, ${service}_owner using (true);
create policy log_adds on checkpoint for insert to ${service}_owner with check (true);

create schema log;

-- Takes the turn to append, until the end of the transaction, and tells how many leaves there are.
create function log.take_turn() returns bigint
  language plpgsql volatile security definer
  set search_path = pg_catalog, pg_temp
as $$
declare
  leaves bigint;
begin
  -- An appender that hangs must not stop the log: both are shorter than the 10 s that a relay waits.
  perform set_config('lock_timeout', '8s', true), set_config('idle_in_transaction_session_timeout', '8s', true);
  select h.size into strict leaves from public.head h for update;
  return leaves;
end
$$;

-- Appends events of one source and returns the leaf index of each, in their order, and nothing else. An event that is
-- there already keeps its leaf. PS001: a number of a school's sequence is missing or taken. PS002: the same id came
-- with another number before.
create function log.append(
  event_source text, event_ids uuid[], event_schools uuid[], event_sequences bigint[], event_bodies text[],
  event_salts bytea[])
  returns bigint[]
  language plpgsql volatile security definer
  set search_path = pg_catalog, pg_temp
as $$
declare
  leaves bigint := log.take_turn();
  added bigint;
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
  select count(*) into added from fresh;

  if added > 0 then
    update public.head set size = leaves + added;
  end if;

  select array_agg(i.leaf_index order by g.nth) into answer
  from unnest(event_ids, event_schools) with ordinality as g(id, school_id, nth)
  join public.inbox i on i.school_id = g.school_id and i.id = g.id;
  return answer;
end
$$;

-- Adds to the ends of tiles what appended leaves brought, and the checkpoint that signs them. What is in a tile
-- already cannot be changed here. PS003: tiles, checkpoint and leaves do not fit together.
create function log.publish(
  tree_size bigint, checkpoint_note text, tile_levels smallint[], tile_indexes bigint[], tile_endings bytea[])
  returns void
  language plpgsql volatile security definer
  set search_path = pg_catalog, pg_temp
as $$
begin
  insert into public.tile as t (level, tile_index, data)
  select * from unnest(tile_levels, tile_indexes, tile_endings)
  on conflict (level, tile_index) do update set data = t.data || excluded.data;

  if tree_size <> log.take_turn() or exists (
    select from unnest(tile_levels, tile_indexes) as g(level, tile_index)
    join public.tile t on t.level = g.level and t.tile_index = g.tile_index
    -- 32 bytes a hash; 2 more in front of each entry.
    where length(t.data) <> (case when g.level < 0 then 34 else 32 end)
      * least(256, (tree_size >> (8 * greatest(g.level, 0))::int) - 256 * g.tile_index))
  then
    raise exception using errcode = 'PS003', message = 'the tree does not fit its leaves';
  end if;
  insert into public.checkpoint (size, note) values (tree_size, checkpoint_note);
end
$$;

-- Leaves that no checkpoint signs cannot be committed: a checkpoint is never older than what was appended.
create function log.require_signature() returns trigger
  language plpgsql volatile security definer
  set search_path = pg_catalog, pg_temp
as $$
begin
  if not exists (select from public.checkpoint c where c.size = new.size) then
    raise exception using errcode = 'PS003', message = 'the tree was not signed';
  end if;
  return null;
end
$$;

create constraint trigger signed after update on head
  deferrable initially deferred for each row execute function log.require_signature();

revoke all on all functions in schema log from public;
grant usage on schema log to ${service}_school;
grant execute on function
  log.take_turn(),
  log.append(text, uuid[], uuid[], bigint[], text[], bytea[]),
  log.publish(bigint, text, smallint[], bigint[], bytea[])
  to ${service}_school;
