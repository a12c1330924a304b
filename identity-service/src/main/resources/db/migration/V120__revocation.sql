-- Tokens that were taken back before they ended. A row with no token id concerns every token of the account that was
-- issued until then: whatever takes access away from an account writes one, and the next token is made from what the
-- account has left. A row with a token id concerns that one token.
create table revocation (
  account_id uuid not null,
  token_id uuid,
  revoked_at timestamptz not null,
  unique nulls not distinct (account_id, token_id)
);

alter table revocation enable row level security;
alter table revocation force row level security;

grant select, insert, update, delete on revocation to ${service}_clerk;
create policy clerk_reads on revocation for select to ${service}_clerk using (true);
create policy clerk_adds on revocation for insert to ${service}_clerk with check (true);
create policy clerk_changes on revocation for update to ${service}_clerk using (true) with check (true);
create policy clerk_removes on revocation for delete to ${service}_clerk using (true);

-- From here on a function is made by the clerk itself, and is nobody's to call until it is granted.
grant create on schema entry to ${service}_clerk;
set local role ${service}_clerk;
alter default privileges revoke execute on functions from public;

-- Sign-ins of an account hold this lock shared, revocations hold it alone: a token is made either from what was there
-- before a revocation, and is then older than it, or from what is left.
create function entry.access_lock(account uuid) returns bigint
  language sql stable
begin atomic
  select hashtextextended('access ' || account::text, 0);
end;

create function entry.revoke(accounts uuid[]) returns void
  language plpgsql volatile
  set search_path = pg_catalog, pg_temp
as $$
declare
  each uuid;
begin
  -- Always in the same order, so that two that concern the same accounts wait for each other and not in a circle.
  for each in select distinct a from unnest(accounts) a order by a loop
    perform pg_advisory_xact_lock(entry.access_lock(each));
    insert into public.revocation as r (account_id, revoked_at) values (each, clock_timestamp())
      on conflict (account_id, token_id) do update
        set revoked_at = greatest(excluded.revoked_at, r.revoked_at + interval '1 millisecond');
  end loop;
  -- A token lives five minutes: what is older than twice that concerns none.
  delete from public.revocation r where r.ctid in (
    select old.ctid from public.revocation old where old.revoked_at < clock_timestamp() - interval '10 minutes'
    for update skip locked);
end
$$;

-- Losing a role, a cluster, a school's agreement to a cluster, or a class takes access away. Triggers say so,
-- whatever statement or cascade did it.
create function entry.account_lost_access() returns trigger
  language plpgsql volatile security definer
  set search_path = pg_catalog, pg_temp
as $$
begin
  perform entry.revoke(array(select g.account_id from gone g));
  return null;
end
$$;

create function entry.cluster_lost_approval() returns trigger
  language plpgsql volatile security definer
  set search_path = pg_catalog, pg_temp
as $$
begin
  perform entry.revoke(array(
    select a.account_id from public.cluster_account a join gone g on g.cluster_id = a.cluster_id));
  return null;
end
$$;

create function entry.class_closed() returns trigger
  language plpgsql volatile security definer
  set search_path = pg_catalog, pg_temp
as $$
begin
  perform entry.revoke(array(
    select a.account_id from public.cluster_account a
      join public.cluster_cell c on c.cluster_id = a.cluster_id
      where c.school_id = new.school_id and (c.class_id is null or c.class_id = new.class_id)));
  return null;
end
$$;

create function entry.cluster_closed() returns trigger
  language plpgsql volatile security definer
  set search_path = pg_catalog, pg_temp
as $$
begin
  perform entry.revoke(array(
    select a.account_id from public.cluster_account a where a.cluster_id = new.cluster_id));
  return null;
end
$$;

create function entry.revocations() returns table (account uuid, token uuid, at timestamptz)
  language plpgsql stable security definer
  set search_path = pg_catalog, pg_temp
as $$
begin
  perform entry.demand('identity:check-lease');
  return query select r.account_id, r.token_id, r.revoked_at from public.revocation r
    where r.revoked_at > clock_timestamp() - interval '10 minutes';
end
$$;

-- As before, and with the millisecond in which a token of this standing counts as issued: never that of a revocation.
create or replace function entry.standing(of_provider text, of_realm text, of_subject text, addresses text[])
  returns jsonb
  language plpgsql volatile security definer
  set search_path = pg_catalog, pg_temp
as $$
declare
  account uuid;
begin
  perform entry.demand('identity:sign-in');
  select a.account_id into account from public.account a
    where a.provider = of_provider and a.realm = of_realm and a.subject = of_subject;
  if account is not null then
    perform pg_advisory_xact_lock_shared(entry.access_lock(account));
  end if;
  -- Being volatile, the function reads what was committed until now, the lock being held.
  return jsonb_build_object(
    'account', account,
    'issuedAt', greatest(
      floor(extract(epoch from clock_timestamp()) * 1000),
      (select floor(extract(epoch from r.revoked_at) * 1000) + 1 from public.revocation r
        where r.account_id = account and r.token_id is null))::bigint,
    'staff', (select coalesce(jsonb_agg(s.staff_key), '[]') from public.staff s where s.account_id = account),
    'memberships', entry.memberships(account),
    'cells', entry.cells(account),
    'lease', entry.lease(account),
    'invitations', entry.open_invitations(of_provider, addresses));
end
$$;

grant execute on function entry.revocations() to ${service}_school;
grant execute on function entry.account_lost_access(), entry.cluster_lost_approval(), entry.class_closed(),
  entry.cluster_closed() to ${service}_owner;
set local role none;
revoke create on schema entry from ${service}_clerk;

create trigger access_lost after delete on membership
  referencing old table as gone for each statement execute function entry.account_lost_access();
create trigger access_lost after delete on cluster_account
  referencing old table as gone for each statement execute function entry.account_lost_access();
create trigger access_lost after delete on cluster_approval
  referencing old table as gone for each statement execute function entry.cluster_lost_approval();
create trigger access_lost after update on school_class
  for each row when (old.closed_at is null and new.closed_at is not null) execute function entry.class_closed();
create trigger access_lost after update on cluster
  for each row when (old.closed_at is null and new.closed_at is not null) execute function entry.cluster_closed();
