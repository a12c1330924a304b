-- One service's database: who may enter it, and with what. Run by the superuser, in that database.
revoke all on database ${service} from public;
grant connect, create, temporary on database ${service} to ${service}_owner;
alter role ${service}_owner in database ${service} reset all;
alter role ${service}_school in database ${service} reset all;
alter role ${service}_class in database ${service} reset all;
alter role ${service}_relay in database ${service} reset all;
grant connect on database ${service} to ${service}_school, ${service}_class, ${service}_relay;

revoke all on schema public from public;
grant usage, create on schema public to ${service}_owner;
grant usage on schema public to ${service}_school, ${service}_class, ${service}_relay, ${service}_clerk;

-- PostgreSQL lets everybody take locks under any name, end the sessions of their own role, export snapshots and make large
-- objects, which have no row security. Of its functions that do more than compute, only these stay open, which touch nothing
-- but the statement that calls them. What SQL cannot call at all is left as it is.
do $$
declare
  routine regprocedure;
begin
  for routine in
    select oid::regprocedure from pg_proc
    where pronamespace = 'pg_catalog'::regnamespace and provolatile = 'v'
      and proname <> all ('{clock_timestamp,current_query,gen_random_uuid,pg_sleep,pg_sleep_for,pg_sleep_until,random,'
        'random_normal,set_config,setseed,timeofday,uuidv4,uuidv7}'::name[])
      and 'internal'::regtype <> all (proargtypes)
      and prorettype <> all (
        '{trigger,language_handler,index_am_handler,table_am_handler,tsm_handler,internal}'::regtype[])
  loop
    execute format('revoke execute on function %s from public', routine);
  end loop;
end
$$;

-- Functions that know which lock they take are the owner's and the clerk's; migrations take turns by one.
grant execute on function pg_advisory_xact_lock(bigint), pg_advisory_xact_lock(integer, integer),
  pg_advisory_xact_lock_shared(bigint), pg_try_advisory_xact_lock(bigint)
  to ${service}_owner, ${service}_clerk;
grant execute on function pg_try_advisory_lock(bigint), pg_advisory_lock(bigint), pg_advisory_unlock(bigint)
  to ${service}_owner;

-- PostgreSQL lets every role drop what names it, and with DROP OWNED that is each policy that gives it rows: its service would
-- see nothing from then on. Roles that work at run time change nothing of the structure.
create schema if not exists structure;
revoke all on schema structure from public;
create or replace function structure.refuse() returns event_trigger
  language plpgsql
  set search_path = pg_catalog, pg_temp
as $$
begin
  if session_user ~ '_(school|class|relay)$' then
    raise insufficient_privilege using message = 'a role that works at run time changes no structure';
  end if;
end
$$;
drop event trigger if exists run_time_roles;
create event trigger run_time_roles on ddl_command_start execute function structure.refuse();

create schema if not exists crypto;
revoke all on schema crypto from public;
create extension if not exists pgcrypto schema crypto;
revoke execute on all functions in schema crypto from public;
grant usage on schema crypto to ${service}_keeper;
grant execute on all functions in schema crypto to ${service}_keeper;
