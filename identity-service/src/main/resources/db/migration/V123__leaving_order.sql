-- A school that leaves ends its invitations first: who is just taking one up is waited for, and so is a member when the
-- members' tokens are revoked. The other way round that token kept its role until it ran out.
grant create on schema entry to ${service}_clerk;
set local role ${service}_clerk;

create or replace function entry.leave(of_school uuid, with_urn text) returns boolean
  language plpgsql volatile security definer
  set search_path = pg_catalog, pg_temp
as $$
begin
  perform entry.demand_school(of_school, 'identity:manage');
  update public.school s set left_at = clock_timestamp()
    where s.school_id = of_school and s.urn = with_urn and s.left_at is null;
  if not found then
    return false;
  end if;
  update public.invitation i set revoked_at = clock_timestamp()
    where i.school_id = of_school and i.account_id is null and i.revoked_at is null;
  perform entry.revoke(array(
    select m.account_id from public.membership m where m.school_id = of_school
    union
    select a.account_id from public.cluster_account a
      join public.cluster_party p on p.cluster_id = a.cluster_id and p.school_id = of_school));
  update public.cluster c set closed_at = clock_timestamp() where c.school_id = of_school and c.closed_at is null;
  update public.employee_lease l set ended_at = clock_timestamp(), ended_why = 'ended'
    where l.school_id = of_school and l.ended_at is null;
  delete from public.consent c where c.school_id = of_school;
  return true;
end
$$;

set local role none;
revoke create on schema entry from ${service}_clerk;
