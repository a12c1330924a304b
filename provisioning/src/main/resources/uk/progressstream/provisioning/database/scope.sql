-- Sealed scope: what the row policies of this database call. The format of a scope is known here and in
-- platform's ScopeText, and nowhere else. Run by the superuser; may run again.
--
-- A transaction sets ps.scope (the canonical text) and ps.seal (<key id>.<hex HMAC-SHA-256>). Whoever sets them
-- without the key gets null, an empty array or false, and with that no row.
-- Bodies are SQL-standard: their names were bound when they were created, so no search_path can redirect them.

create schema if not exists scope authorization ${service}_keeper;
revoke all on schema scope from public;
set local role ${service}_keeper;

create table if not exists scope.seal_key (
  id smallint primary key,
  secret bytea not null check (length(secret) = 32),
  valid_from timestamptz not null,
  valid_until timestamptz
);

-- The nine fields of the scope as one row, or no row unless its seal is genuine, its key valid and its time not over, and the
-- transaction sees what others commit: whoever looks again behind a lock would otherwise be shown what was there before.
-- Both sides of the comparison are hashed first, so that the time it takes tells nothing about the seal that was
-- expected. Neither SECURITY DEFINER nor strict, and a set: so the planner copies its body into each function below,
-- and a check costs one start of the executor, not two (docs/BENCHMARKS.md).
create or replace function scope.fields() returns setof text[]
  language sql stable parallel safe rows 1
begin atomic
  select given.field
  from (
    select string_to_array(current_setting('ps.scope', true), '|') as field
    from scope.seal_key as key
    where key.valid_from <= clock_timestamp()
      and (key.valid_until is null or key.valid_until > clock_timestamp())
      and sha256(convert_to(current_setting('ps.seal', true), 'UTF8')) = sha256(convert_to(
        key.id::text || '.' || encode(crypto.hmac(
          convert_to(current_setting('ps.scope', true), 'UTF8'), key.secret, 'sha256'), 'hex'),
        'UTF8'))
    -- Keeps the planner from reading a field before the seal is checked.
    offset 0
  ) as given
  where given.field[1] = 'ps1'
    and cardinality(given.field) = 9
    and current_setting('transaction_isolation') = 'read committed'
    and to_timestamp(given.field[4]::double precision) > clock_timestamp();
end;

-- Whole schools in which the permission is held.
create or replace function scope.schools(permission text) returns uuid[]
  language sql stable parallel safe security definer
begin atomic
  select string_to_array(v.field[9], ',')::uuid[] from scope.fields() as v(field)
  where v.field[8] = 'school' and permission = any (string_to_array(v.field[7], ','));
end;

-- Classes in which the permission is held, each with its school: what the column "cell" of a table holds.
create or replace function scope.cells(permission text) returns text[]
  language sql stable parallel safe security definer
begin atomic
  select string_to_array(v.field[9], ',') from scope.fields() as v(field)
  where v.field[8] = 'class' and permission = any (string_to_array(v.field[7], ','));
end;

-- The same classes without their schools. A policy by this alone lets a row through that another school wrote under
-- the class; scope.cells does not.
create or replace function scope.classes(permission text) returns uuid[]
  language sql stable parallel safe security definer
begin atomic
  select array(select split_part(cell, '/', 2)::uuid from unnest(string_to_array(v.field[9], ',')) as cell)
  from scope.fields() as v(field)
  where v.field[8] = 'class' and permission = any (string_to_array(v.field[7], ','));
end;

-- Schools that those classes belong to.
create or replace function scope.class_schools(permission text) returns uuid[]
  language sql stable parallel safe security definer
begin atomic
  select array(select distinct split_part(cell, '/', 1)::uuid from unnest(string_to_array(v.field[9], ',')) as cell)
  from scope.fields() as v(field)
  where v.field[8] = 'class' and permission = any (string_to_array(v.field[7], ','));
end;

-- Every school that the scope touches, whole or by a class, whatever the permission.
create or replace function scope.any_schools() returns uuid[]
  language sql stable parallel safe security definer
begin atomic
  select array(select distinct split_part(cell, '/', 1)::uuid from unnest(string_to_array(v.field[9], ',')) as cell)
  from scope.fields() as v(field);
end;

-- Whether the permission is held, on whichever cells there are, or on none.
create or replace function scope.permits(permission text) returns boolean
  language sql stable parallel safe security definer
begin atomic
  select exists (
    select from scope.fields() as v(field) where permission = any (string_to_array(v.field[7], ',')));
end;

-- Who holds the scope.
create or replace function scope.account() returns uuid
  language sql stable parallel safe security definer
begin atomic
  select v.field[3]::uuid from scope.fields() as v(field);
end;

-- Until when it holds.
create or replace function scope.expires_at() returns timestamptz
  language sql stable parallel safe security definer
begin atomic
  select to_timestamp(v.field[4]::double precision) from scope.fields() as v(field);
end;

-- What scope.fields() replaces.
drop function if exists scope.verified();

revoke all on all functions in schema scope from public;
grant usage on schema scope to ${service}_owner, ${service}_school, ${service}_class, ${service}_clerk;
grant execute on function
  scope.schools(text), scope.cells(text), scope.classes(text), scope.class_schools(text),
  scope.any_schools(), scope.permits(text), scope.account(), scope.expires_at()
  to ${service}_owner, ${service}_school, ${service}_class, ${service}_clerk;
set local role none;
