-- The roles of one service. None of them can grow: no superuser, no bypass of row security, no new roles or
-- databases, nothing inherited.
do $$
declare
  role_name text;
begin
  foreach role_name in array array['${service}_owner', '${service}_school', '${service}_class', '${service}_relay', '${service}_keeper', '${service}_clerk']
  loop
    if not exists (select from pg_roles where rolname = role_name) then
      execute format('create role %I', role_name);
    end if;
    -- A role may set things for itself and for good; here that ends.
    execute format('alter role %I reset all', role_name);
    execute format(
      'alter role %I with %s nosuperuser nobypassrls nocreatedb nocreaterole noinherit noreplication',
      role_name,
      case when role_name ~ '_(keeper|clerk)$' then 'nologin' else 'login' end);
    -- What a service asks for each of its connections, and longer: for whoever connects otherwise. A migration may take its time,
    -- but nobody waits for ever, and a peer that has gone without a word is noticed.
    if role_name ~ '_(school|class|relay)$' then
      execute format('alter role %I set statement_timeout = %L', role_name, '40s');
      execute format('alter role %I set transaction_timeout = %L', role_name, '2min');
      -- One role's haste leaves the others places and disk; neither is its own to change.
      execute format('alter role %I connection limit 60', role_name);
      execute format('alter role %I set temp_file_limit = %L', role_name, '512MB');
    end if;
    execute format('alter role %I set lock_timeout = %L', role_name, '1min');
    execute format('alter role %I set idle_in_transaction_session_timeout = %L', role_name, '1min');
    execute format('alter role %I set tcp_keepalives_idle = %L', role_name, '30');
    execute format('alter role %I set tcp_keepalives_interval = %L', role_name, '10');
    execute format('alter role %I set tcp_keepalives_count = %L', role_name, '3');
    execute format('alter role %I set tcp_user_timeout = %L', role_name, '1min');
    execute format('alter role %I set client_connection_check_interval = %L', role_name, '10s');
  end loop;
end
$$;
-- The keeper owns the seal keys and the functions that check a seal; nobody becomes the keeper. The clerk owns the
-- functions that a service's own migrations write for what must cross schools; the owner hands them over.
grant ${service}_clerk to ${service}_owner with admin false, inherit false, set true;
