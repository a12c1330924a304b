-- How access ends for good: a role at a school, a cluster, and a school with us.
grant update on school to ${service}_clerk;
grant delete on consent to ${service}_clerk;
create policy clerk_removes on consent for delete to ${service}_clerk using (true);
grant select on history to ${service}_clerk;
create policy clerk_reads on history for select to ${service}_clerk using (true);

create index history_by_cluster on history
  (school_id, (coalesce(after, before) ->> 'cluster_id'), changed_at, change_id);

grant create on schema entry to ${service}_clerk;
set local role ${service}_clerk;

-- Ends a role: 'ended', 'none' where there was none, 'last-admin' where nobody could run the school afterwards.
create function entry.end_membership(of_school uuid, of_account uuid, of_role text) returns text
  language plpgsql volatile security definer
  set search_path = pg_catalog, pg_temp
as $$
begin
  perform entry.demand_school(of_school, 'identity:manage');
  -- Two admins who remove each other at once: one after the other.
  perform pg_advisory_xact_lock(hashtextextended('admins ' || of_school::text, 0));
  if not exists (select from public.membership m
      where m.school_id = of_school and m.account_id = of_account and m.role = of_role) then
    return 'none';
  end if;
  if of_role = 'admin' and not exists (select from public.membership m
      where m.school_id = of_school and m.role = 'admin' and m.account_id <> of_account) then
    return 'last-admin';
  end if;
  delete from public.membership m
    where m.school_id = of_school and m.account_id = of_account and m.role = of_role;
  return 'ended';
end
$$;

-- Closes a cluster for good: the school that made it may.
create function entry.close_cluster(id uuid, home uuid) returns boolean
  language plpgsql volatile security definer
  set search_path = pg_catalog, pg_temp
as $$
begin
  perform entry.demand_school(home, 'identity:manage');
  update public.cluster c set closed_at = clock_timestamp()
    where c.school_id = home and c.cluster_id = id and c.closed_at is null;
  return found;
end
$$;

-- A school leaves: nobody has a role, a cluster or a lease there any more, and no errand runs. Its own clusters close,
-- those of others go on without it. What is stored of its pupils is for erasure, not for this.
create function entry.leave(of_school uuid, with_urn text) returns boolean
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
  perform entry.revoke(array(
    select m.account_id from public.membership m where m.school_id = of_school
    union
    select a.account_id from public.cluster_account a
      join public.cluster_party p on p.cluster_id = a.cluster_id and p.school_id = of_school));
  update public.cluster c set closed_at = clock_timestamp() where c.school_id = of_school and c.closed_at is null;
  update public.invitation i set revoked_at = clock_timestamp()
    where i.school_id = of_school and i.account_id is null and i.revoked_at is null;
  update public.employee_lease l set ended_at = clock_timestamp(), ended_why = 'ended'
    where l.school_id = of_school and l.ended_at is null;
  delete from public.consent c where c.school_id = of_school;
  return true;
end
$$;

-- What became of a cluster, for each school in it: newest first, from a change on.
create function entry.cluster_history(id uuid, before_at timestamptz, before_id uuid, at_most integer)
  returns table (change uuid, at timestamptz, school uuid, actor uuid, subject text, before jsonb, after jsonb)
  language plpgsql stable security definer
  set search_path = pg_catalog, pg_temp
as $$
begin
  if not exists (select from public.cluster_party p where p.cluster_id = id
      and p.school_id = any (coalesce(scope.schools('identity:manage'), '{}'))) then
    return;
  end if;
  return query
    select h.change_id, h.changed_at, h.school_id, h.actor, h.subject, h.before, h.after
    from public.cluster_party p join public.history h on h.school_id = p.school_id
    where p.cluster_id = id and coalesce(h.after, h.before) ->> 'cluster_id' = id::text
      and (before_at is null or (h.changed_at, h.change_id) < (before_at, before_id))
    order by h.changed_at desc, h.change_id desc limit at_most;
end
$$;

grant execute on function entry.end_membership(uuid, uuid, text), entry.close_cluster(uuid, uuid),
  entry.leave(uuid, text), entry.cluster_history(uuid, timestamptz, uuid, integer) to ${service}_school;
set local role none;
revoke create on schema entry from ${service}_clerk;
