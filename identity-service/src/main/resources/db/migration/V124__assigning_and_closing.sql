-- Whoever is put into a cluster while it, a class or an agreement in it ends must be among those whose tokens that ends.
-- Assigning holds each school of the cluster shared until its commit, ending holds its school alone: an assignment that
-- came first is seen by what ends, one that came second meets what has ended.
grant create on schema entry to ${service}_clerk;
set local role ${service}_clerk;

create function entry.school_lock(school uuid) returns bigint
  language sql stable
begin atomic
  select hashtextextended('assigning ' || school::text, 0);
end;

create function entry.assigning() returns trigger
  language plpgsql volatile security definer
  set search_path = pg_catalog, pg_temp
as $$
declare
  each uuid;
begin
  for each in select p.school_id from public.cluster_party p where p.cluster_id = new.cluster_id order by p.school_id loop
    perform pg_advisory_xact_lock_shared(entry.school_lock(each));
  end loop;
  return new;
end
$$;

create or replace function entry.cluster_lost_approval() returns trigger
  language plpgsql volatile security definer
  set search_path = pg_catalog, pg_temp
as $$
declare
  each uuid;
begin
  for each in select distinct g.school_id from gone g order by g.school_id loop
    perform pg_advisory_xact_lock(entry.school_lock(each));
  end loop;
  perform entry.revoke(array(
    select a.account_id from public.cluster_account a join gone g on g.cluster_id = a.cluster_id));
  return null;
end
$$;

create or replace function entry.class_closed() returns trigger
  language plpgsql volatile security definer
  set search_path = pg_catalog, pg_temp
as $$
begin
  perform pg_advisory_xact_lock(entry.school_lock(new.school_id));
  perform entry.revoke(array(
    select a.account_id from public.cluster_account a
      join public.cluster_cell c on c.cluster_id = a.cluster_id
      where c.school_id = new.school_id and (c.class_id is null or c.class_id = new.class_id)));
  return null;
end
$$;

create or replace function entry.cluster_closed() returns trigger
  language plpgsql volatile security definer
  set search_path = pg_catalog, pg_temp
as $$
begin
  perform pg_advisory_xact_lock(entry.school_lock(new.school_id));
  perform entry.revoke(array(
    select a.account_id from public.cluster_account a where a.cluster_id = new.cluster_id));
  return null;
end
$$;

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
  perform pg_advisory_xact_lock(entry.school_lock(of_school));
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

grant execute on function entry.assigning() to ${service}_owner;
set local role none;
revoke create on schema entry from ${service}_clerk;

create trigger assigning before insert on cluster_account
  for each row execute function entry.assigning();
