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
    execute format(
      'alter role %I with %s nosuperuser nobypassrls nocreatedb nocreaterole noinherit noreplication',
      role_name,
      case when role_name ~ '_(keeper|clerk)$' then 'nologin' else 'login' end);
  end loop;
end
$$;
-- The keeper owns the seal keys and the functions that check a seal; nobody becomes the keeper. The clerk owns the
-- functions that a service's own migrations write for what must cross schools; the owner hands them over.
grant ${service}_clerk to ${service}_owner with admin false, inherit false, set true;
