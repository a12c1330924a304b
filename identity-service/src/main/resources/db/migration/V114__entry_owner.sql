-- From here on the functions run as the clerk, which owns no table, can't log in, and sees a table only through
-- the policies named clerk_*. Functions that only serve other functions are nobody's to call.
revoke all on all functions in schema entry from public;

grant execute on function
  entry.standing(text, text, text, text[]),
  entry.bind(uuid, text, text, text, uuid[]),
  entry.bind_staff(uuid, text, text, text, text),
  entry.clusters(uuid, integer),
  entry.cluster(uuid),
  entry.propose_cluster(uuid, uuid, text, uuid[], uuid[]),
  entry.leave_cluster(uuid, uuid, uuid),
  entry.school_directory(uuid, integer),
  entry.create_school(uuid, text, text, uuid, text, text, text),
  entry.school_ids(),
  entry.take_lease(uuid, uuid, text),
  entry.end_lease(),
  entry.check_lease(uuid, uuid)
  to ${service}_school;
grant execute on function entry.me() to ${service}_school, ${service}_class;

do $$
declare
  f regprocedure;
begin
  for f in select p.oid::regprocedure from pg_proc p where p.pronamespace = 'entry'::regnamespace loop
    execute format('alter function %s owner to ${service}_clerk', f);
  end loop;
end
$$;

revoke create on schema entry from ${service}_clerk;
