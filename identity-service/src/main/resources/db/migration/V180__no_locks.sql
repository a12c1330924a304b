-- Who may delete from a table may lock it, and would hold up every sign-in that reads it: so functions take back what a school gave.
-- To whoever may not, each answers as if there were nothing to take back.
grant create on schema entry to ${service}_clerk;
revoke delete on consent, cluster_approval from ${service}_school;
drop policy school_removes on consent;
drop policy school_removes on cluster_approval;
grant delete on cluster_approval to ${service}_clerk;
create policy clerk_removes on cluster_approval for delete to ${service}_clerk using (true);

set local role ${service}_clerk;

create function entry.withdraw_consent(of_school uuid, of_purpose text) returns boolean
  language plpgsql volatile security definer
  set search_path = pg_catalog, pg_temp
as $$
begin
  perform entry.demand('identity:manage');
  delete from public.consent c
    where c.school_id = of_school and c.purpose = of_purpose
      and c.school_id = any (scope.schools('identity:manage'));
  return found;
end
$$;

create function entry.withdraw_approval(of_school uuid, of_cluster uuid) returns boolean
  language plpgsql volatile security definer
  set search_path = pg_catalog, pg_temp
as $$
begin
  perform entry.demand('identity:manage');
  delete from public.cluster_approval a
    where a.school_id = of_school and a.cluster_id = of_cluster
      and a.school_id = any (scope.schools('identity:manage'));
  return found;
end
$$;

revoke all on function entry.withdraw_consent(uuid, text), entry.withdraw_approval(uuid, uuid) from public;
grant execute on function entry.withdraw_consent(uuid, text), entry.withdraw_approval(uuid, uuid) to ${service}_school;
set local role none;
revoke create on schema entry from ${service}_clerk;
