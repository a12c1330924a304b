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

-- The nine fields of the scope, or null unless its seal is genuine, its key valid and its time not over. Both sides
-- of the comparison are hashed first, so that the time it takes tells nothing about the seal that was expected.
create or replace function scope.verified() returns text[]
  language sql stable parallel safe security definer
begin atomic
  select
    case
      when given.field[1] = 'ps1'
        and cardinality(given.field) = 9
        and given.field[4]::bigint > extract(epoch from clock_timestamp())
      then given.field
    end
  from (
    select string_to_array(sealed.text, '|') as field
    from (
      select
        nullif(current_setting('ps.scope', true), '') as text,
        nullif(current_setting('ps.seal', true), '') as seal
    ) as sealed
    join scope.seal_key as key on key.id::text = split_part(sealed.seal, '.', 1)
    where key.valid_from <= clock_timestamp()
      and (key.valid_until is null or key.valid_until > clock_timestamp())
      and sha256(convert_to(sealed.seal, 'UTF8')) = sha256(convert_to(
        key.id::text || '.' || encode(crypto.hmac(convert_to(sealed.text, 'UTF8'), key.secret, 'sha256'), 'hex'),
        'UTF8'))
    -- Keeps the planner from reading a field before the seal is checked.
    offset 0
  ) as given;
end;

-- Whole schools in which the permission is held.
create or replace function scope.schools(permission text) returns uuid[]
  language sql stable parallel safe security definer
begin atomic
  select
    case
      when v.field[8] = 'school' and permission = any (string_to_array(v.field[7], ','))
      then string_to_array(v.field[9], ',')::uuid[]
    end
  from scope.verified() as v(field);
end;

-- Classes in which the permission is held.
create or replace function scope.classes(permission text) returns uuid[]
  language sql stable parallel safe security definer
begin atomic
  select
    case
      when v.field[8] = 'class' and permission = any (string_to_array(v.field[7], ','))
      then array(
        select split_part(cell, '/', 2)::uuid from unnest(string_to_array(v.field[9], ',')) as cell)
    end
  from scope.verified() as v(field);
end;

-- Schools that those classes belong to.
create or replace function scope.class_schools(permission text) returns uuid[]
  language sql stable parallel safe security definer
begin atomic
  select
    case
      when v.field[8] = 'class' and permission = any (string_to_array(v.field[7], ','))
      then array(
        select distinct split_part(cell, '/', 1)::uuid from unnest(string_to_array(v.field[9], ',')) as cell)
    end
  from scope.verified() as v(field);
end;

-- Every school that the scope touches, whole or by a class, whatever the permission.
create or replace function scope.any_schools() returns uuid[]
  language sql stable parallel safe security definer
begin atomic
  select
    case
      when v.field is not null
      then array(
        select distinct split_part(cell, '/', 1)::uuid from unnest(string_to_array(v.field[9], ',')) as cell)
    end
  from scope.verified() as v(field);
end;

-- Whether the permission is held, on whichever cells there are, or on none.
create or replace function scope.permits(permission text) returns boolean
  language sql stable parallel safe security definer
begin atomic
  select coalesce(permission = any (string_to_array(v.field[7], ',')), false) from scope.verified() as v(field);
end;

-- Who holds the scope.
create or replace function scope.account() returns uuid
  language sql stable parallel safe security definer
begin atomic
  select v.field[3]::uuid from scope.verified() as v(field);
end;

revoke all on all functions in schema scope from public;
grant usage on schema scope to ${service}_owner, ${service}_school, ${service}_class, ${service}_clerk;
grant execute on function
  scope.schools(text), scope.classes(text), scope.class_schools(text),
  scope.any_schools(), scope.permits(text), scope.account()
  to ${service}_owner, ${service}_school, ${service}_class, ${service}_clerk;
set local role none;
