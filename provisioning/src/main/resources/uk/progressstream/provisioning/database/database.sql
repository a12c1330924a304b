-- One service's database: who may enter it, and with what. Run by the superuser, in that database.
revoke all on database ${service} from public;
grant connect, create, temporary on database ${service} to ${service}_owner;
grant connect on database ${service} to ${service}_school, ${service}_class, ${service}_relay;

revoke all on schema public from public;
grant usage, create on schema public to ${service}_owner;
grant usage on schema public to ${service}_school, ${service}_class, ${service}_relay, ${service}_clerk;

-- Large objects have no row security: nobody gets to make one.
do $$
declare
  routine regprocedure;
begin
  for routine in
    select oid::regprocedure from pg_proc
    where pronamespace = 'pg_catalog'::regnamespace and proname ~ '^(lo_|loread$|lowrite$)'
  loop
    execute format('revoke execute on function %s from public', routine);
  end loop;
end
$$;

create schema if not exists crypto;
revoke all on schema crypto from public;
create extension if not exists pgcrypto schema crypto;
revoke execute on all functions in schema crypto from public;
grant usage on schema crypto to ${service}_keeper;
grant execute on all functions in schema crypto to ${service}_keeper;
