-- Each sign-in looks at the invitations that fit, and a school sees the clusters that others propose to it: neither may grow
-- without end at another school's hand. And who may change an invitation may lock it, which whoever it invites would wait for.
grant create on schema entry to ${service}_clerk;
revoke update (revoked_at) on invitation from ${service}_school;
drop policy school_changes on invitation;
set local role ${service}_clerk;

create function entry.revoke_invitation(of_school uuid, of_invitation uuid) returns boolean
  language plpgsql volatile security definer
  set search_path = pg_catalog, pg_temp
as $$
begin
  perform entry.demand('identity:manage');
  update public.invitation i set revoked_at = clock_timestamp()
    where i.school_id = of_school and i.invitation_id = of_invitation
      and i.school_id = any (scope.schools('identity:manage'))
      and i.account_id is null and i.revoked_at is null;
  return found;
end
$$;

create function entry.demand_few_invitations() returns trigger
  language plpgsql volatile security definer
  set search_path = pg_catalog, pg_temp
as $$
begin
  -- Two of one school, one after the other.
  perform pg_advisory_xact_lock(hashtextextended('invited ' || new.school_id::text, 0));
  if (select count(*) from public.invitation i
      where i.school_id = new.school_id and i.account_id is null and i.revoked_at is null
        and i.expires_at > clock_timestamp()) > 2000 then
    raise program_limit_exceeded using message = 'more open invitations than a school may have';
  end if;
  return null;
end
$$;

create function entry.demand_few_proposals() returns trigger
  language plpgsql volatile security definer
  set search_path = pg_catalog, pg_temp
as $$
begin
  perform pg_advisory_xact_lock(hashtextextended('proposed ' || new.home_id::text, 0));
  if (select count(distinct p.cluster_id) from public.cluster_party p
      join public.cluster c on c.school_id = p.home_id and c.cluster_id = p.cluster_id and c.closed_at is null
      where p.home_id = new.home_id and p.school_id <> p.home_id
        and not exists (select from public.cluster_approval a
          where a.school_id = p.school_id and a.cluster_id = p.cluster_id)) > 200 then
    raise program_limit_exceeded using message = 'more clusters wait for other schools than may';
  end if;
  return null;
end
$$;

revoke all on function entry.revoke_invitation(uuid, uuid), entry.demand_few_invitations(), entry.demand_few_proposals()
  from public;
grant execute on function entry.revoke_invitation(uuid, uuid) to ${service}_school;
grant execute on function entry.demand_few_invitations(), entry.demand_few_proposals() to ${service}_owner;
set local role none;
revoke create on schema entry from ${service}_clerk;

create trigger few_enough after insert on invitation
  for each row execute function entry.demand_few_invitations();
create trigger few_enough after insert on cluster_party
  for each row execute function entry.demand_few_proposals();
