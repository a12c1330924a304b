-- As before, but a cluster that was made within a day counts although it is closed: else a school proposes and closes without end,
-- and the other sees it all.
grant create on schema entry to ${service}_clerk;
set local role ${service}_clerk;

create or replace function entry.demand_few_proposals() returns trigger
  language plpgsql volatile security definer
  set search_path = pg_catalog, pg_temp
as $$
begin
  perform pg_advisory_xact_lock(hashtextextended('proposed ' || new.home_id::text, 0));
  if (select count(distinct p.cluster_id) from public.cluster_party p
      join public.cluster c on c.school_id = p.home_id and c.cluster_id = p.cluster_id
        and (c.closed_at is null or c.created_at > clock_timestamp() - interval '1 day')
      where p.home_id = new.home_id and p.school_id <> p.home_id
        and not exists (select from public.cluster_approval a
          where a.school_id = p.school_id and a.cluster_id = p.cluster_id)) > 200 then
    raise program_limit_exceeded using message = 'more clusters wait for other schools than may';
  end if;
  return null;
end
$$;

-- Leaves out clusters that were closed before any of the asker's schools agreed. The proposing school counts as having agreed.
create or replace function entry.clusters(after uuid, at_most integer) returns setof jsonb
  language plpgsql stable security definer
  set search_path = pg_catalog, pg_temp
as $$
begin
  return query
    select entry.cluster_view(p.cluster_id) from public.cluster_party p
    join public.cluster c on c.school_id = p.home_id and c.cluster_id = p.cluster_id
    where p.school_id = any (entry.managed()) and (after is null or p.cluster_id > after)
      and (c.closed_at is null or p.school_id = p.home_id or exists (
        select from public.cluster_approval a where a.school_id = p.school_id and a.cluster_id = p.cluster_id))
    group by p.cluster_id order by p.cluster_id limit at_most;
end
$$;

set local role none;
revoke create on schema entry from ${service}_clerk;
