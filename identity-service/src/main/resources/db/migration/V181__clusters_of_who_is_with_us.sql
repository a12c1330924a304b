-- A school that left gives nothing to anybody: the clusters that it gave an account are not the account's any more, and it is not told of them.
grant create on schema entry to ${service}_clerk;
set local role ${service}_clerk;

create or replace function entry.me() returns jsonb
  language plpgsql stable security definer
  set search_path = pg_catalog, pg_temp
as $$
declare
  me uuid := scope.account();
begin
  return jsonb_build_object(
    'memberships', entry.memberships(me),
    'clusters', (
      select coalesce(jsonb_agg(entry.cluster_view(a.cluster_id) - 'accounts' order by a.cluster_id), '[]')
      from public.cluster_account a
        join public.school giver on giver.school_id = a.school_id and giver.left_at is null
      where a.account_id = me),
    'lease', entry.lease(me));
end
$$;

set local role none;
revoke create on schema entry from ${service}_clerk;
