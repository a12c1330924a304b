-- An invitation binds by itself only for an account that has no standing anywhere: no role, no entry of the staff list
-- (a cluster comes with a role). And only where one school alone invites it, and not one that it left by itself. Every
-- other waits until the account accepts it. What a sign-in proved an account to be (provider, organisation, address) is
-- in no access token; it is kept here, as the offers that fitted it, for as long as a token of that sign-in may live.

-- When who took it up left the school by itself.
alter table invitation add column left_at timestamptz;
create index invitation_by_account on invitation (account_id) where account_id is not null;

create table invitation_offer (
  school_id uuid not null,
  invitation_id uuid not null,
  account_id uuid not null,
  -- What the sign-in proved; the invitation must still say the same when it is accepted.
  realm text not null,
  address text not null,
  proven_at timestamptz not null,
  primary key (school_id, invitation_id, account_id),
  foreign key (school_id, invitation_id) references invitation
);

create index invitation_offer_by_account on invitation_offer (account_id);

alter table invitation_offer enable row level security;
alter table invitation_offer force row level security;

grant select, insert, update, delete on invitation_offer to ${service}_clerk;
create policy clerk_reads on invitation_offer for select to ${service}_clerk using (true);
create policy clerk_adds on invitation_offer for insert to ${service}_clerk with check (true);
create policy clerk_changes on invitation_offer for update to ${service}_clerk using (true) with check (true);
create policy clerk_removes on invitation_offer for delete to ${service}_clerk using (true);

grant create on schema entry to ${service}_clerk;
set local role ${service}_clerk;

drop function entry.standing(text, text, text, text[]);
drop function entry.bind(uuid, text, text, text, uuid[]);
drop function entry.open_invitations(text, text[]);

-- Open invitations that fit what a sign-in proved; a machine is a partner system and nothing else. Of one school's to one
-- role the newest: the others say the same, and are bound with it.
create function entry.fitting(of_provider text, realms text[], addresses text[], machine boolean)
  returns table (school_id uuid, invitation_id uuid, role text, realm text, address text)
  language sql stable
begin atomic
  select distinct on (i.school_id, i.role) i.school_id, i.invitation_id, i.role, i.realm, i.address
  from public.invitation i join public.school s on s.school_id = i.school_id and s.left_at is null
  where i.address = any (addresses) and i.provider = of_provider and i.realm = any (realms)
    and (i.role = 'partner-system' or not machine)
    and i.account_id is null and i.revoked_at is null and i.expires_at > clock_timestamp()
  order by i.school_id, i.role, i.invited_at desc, i.invitation_id;
end;

create function entry.employed(account uuid) returns boolean
  language sql stable
begin atomic
  select exists (select from public.staff s where s.account_id = account);
end;

-- Offers that an account may accept now, everything about them looked at anew. An offer is renewed by each sign-in when
-- it is five minutes old, and a token lives five minutes: ten are enough for any token that it was proven with.
create function entry.offers(account uuid)
  returns table (school_id uuid, invitation_id uuid, role text, provider text, realm text, address text,
    expires_at timestamptz)
  language sql stable
begin atomic
  select i.school_id, i.invitation_id, i.role, i.provider, i.realm, i.address, i.expires_at
  from public.invitation_offer o
    join public.invitation i on i.school_id = o.school_id and i.invitation_id = o.invitation_id
      and i.realm = o.realm and i.address = o.address
    join public.account a on a.account_id = o.account_id and a.provider = i.provider
    join public.school s on s.school_id = i.school_id and s.left_at is null
  where o.account_id = account and o.proven_at > clock_timestamp() - interval '10 minutes'
    and i.account_id is null and i.revoked_at is null and i.expires_at > clock_timestamp()
    and not entry.employed(account);
end;

-- Binds the open invitations of one school to one role that are addressed alike. Invited twice, nobody comes back by the
-- second invitation after the role has ended.
create function entry.take_up(
    account uuid, of_school uuid, of_role text, of_provider text, of_realm text, to_address text)
  returns table (invitation uuid, school uuid, role text)
  language plpgsql volatile
  set search_path = pg_catalog, pg_temp
as $$
begin
  return query
    with taken as (
      update public.invitation i set account_id = account, bound_at = clock_timestamp()
        where i.school_id = of_school and i.role = of_role and i.provider = of_provider and i.realm = of_realm
          and i.address = to_address
          and i.account_id is null and i.revoked_at is null and i.expires_at > clock_timestamp()
        returning i.invitation_id, i.school_id, i.role),
    joined as (
      insert into public.membership (school_id, account_id, role, invitation_id)
        select t.school_id, account, t.role, t.invitation_id from taken t
        on conflict do nothing)
    select t.invitation_id, t.school_id, t.role from taken t;
  delete from public.invitation_offer o using public.invitation i
    where o.school_id = of_school and i.school_id = o.school_id and i.invitation_id = o.invitation_id
      and i.account_id is not null;
end
$$;

-- Writes down what a sign-in means for the invitations that fit it: binds what binds by itself, and what is to a role
-- that the account has already; offers the rest. For a stranger to whom nothing fits it does nothing. One at a time for
-- one account.
create function entry.bind(
    candidate uuid, of_provider text, of_realm text, of_subject text, realms text[], addresses text[],
    machine boolean)
  returns table (account uuid, invitation uuid, school uuid, role text)
  language plpgsql volatile security definer
  set search_path = pg_catalog, pg_temp
as $$
declare
  bound_to uuid;
  only_one uuid;
  each record;
begin
  perform entry.demand('identity:sign-in');
  if not exists (select from entry.fitting(of_provider, realms, addresses, machine)) then
    return;
  end if;
  bound_to := entry.account_for(candidate, of_provider, of_realm, of_subject);
  perform pg_advisory_xact_lock(hashtextextended('invitations ' || bound_to::text, 0));
  if entry.employed(bound_to) then
    return;
  end if;
  if entry.memberships(bound_to) = '[]' then
    select min(f.school_id::text)::uuid into only_one
      from entry.fitting(of_provider, realms, addresses, machine) f having count(distinct f.school_id) = 1;
  end if;
  for each in
    select f.school_id, f.role, f.realm, f.address from entry.fitting(of_provider, realms, addresses, machine) f
      where exists (select from public.membership m
          where m.school_id = f.school_id and m.account_id = bound_to and m.role = f.role)
        or (f.school_id = only_one and not exists (select from public.invitation i
          where i.school_id = f.school_id and i.account_id = bound_to and i.left_at is not null))
  loop
    return query select bound_to, t.invitation, t.school, t.role
      from entry.take_up(bound_to, each.school_id, each.role, of_provider, each.realm, each.address) t;
  end loop;
  insert into public.invitation_offer (school_id, invitation_id, account_id, realm, address, proven_at)
    select f.school_id, f.invitation_id, bound_to, f.realm, f.address, clock_timestamp()
    from entry.fitting(of_provider, realms, addresses, machine) f order by f.school_id, f.invitation_id
    on conflict on constraint invitation_offer_pkey
      do update set realm = excluded.realm, address = excluded.address, proven_at = excluded.proven_at;
  delete from public.invitation_offer o where o.ctid in (
    select old.ctid from public.invitation_offer old where old.proven_at < clock_timestamp() - interval '10 minutes'
    for update skip locked);
end
$$;

-- Everything that decides what one person or machine may do, and nothing about any other, in one query; "unsettled" says
-- that an invitation fits which entry.bind has not seen. A token of this standing counts as issued in "issuedAt", never
-- in the millisecond of a revocation: the lock holds revocations of the account up, and being volatile the function
-- reads what was committed before it.
create function entry.standing(
    of_provider text, of_realm text, of_subject text, realms text[], addresses text[], machine boolean)
  returns jsonb
  language plpgsql volatile security definer
  set search_path = pg_catalog, pg_temp
as $$
declare
  account uuid;
  standing jsonb;
begin
  perform entry.demand('identity:sign-in');
  loop
    select a.account_id into account from public.account a
      where a.provider = of_provider and a.realm = of_realm and a.subject = of_subject;
    if account is not null then
      perform pg_advisory_xact_lock_shared(entry.access_lock(account));
    end if;
    select jsonb_build_object(
      'account', account,
      'issuedAt', greatest(
        floor(extract(epoch from clock_timestamp()) * 1000),
        (select floor(extract(epoch from r.revoked_at) * 1000) + 1 from public.revocation r
          where r.account_id = account and r.token_id is null))::bigint,
      'staff', k.keys,
      'memberships', (
        select coalesce(jsonb_agg(jsonb_build_object('school', m.school_id, 'role', m.role, 'since', m.since)
            order by m.since, m.school_id, m.role), '[]')
        from public.membership m join public.school s on s.school_id = m.school_id and s.left_at is null
        where m.account_id = account),
      'cells', case when exists (select from public.cluster_account c where c.account_id = account)
        then entry.cells(account) else '[]' end,
      'lease', case when k.keys <> '[]' then entry.lease(account) end,
      'invited', exists (select from public.invitation_offer o where o.account_id = account)
        and exists (select from entry.offers(account)),
      'unsettled', k.keys = '[]' and exists (
        select from entry.fitting(of_provider, realms, addresses, machine) f
        where not exists (select from public.invitation_offer o
          where o.school_id = f.school_id and o.invitation_id = f.invitation_id and o.account_id = account
            and o.address = f.address and o.realm = f.realm
            and o.proven_at > clock_timestamp() - interval '5 minutes')))
      into standing
      from (select coalesce(jsonb_agg(s.staff_key), '[]') as keys from public.staff s where s.account_id = account) k;
    -- Of two first sign-ins of one person at once, the later may have met no account yet and no invitation any more: it
    -- looks again, or it would be refused as a stranger.
    exit when account is not null or not exists (select from public.account a
      where a.provider = of_provider and a.realm = of_realm and a.subject = of_subject);
  end loop;
  return standing;
end
$$;

-- What the holder of the scope may accept, in the order of ids.
create function entry.my_invitations(after uuid, at_most integer)
  returns table (id uuid, school uuid, name text, urn text, role text, expires_at timestamptz)
  language plpgsql stable security definer
  set search_path = pg_catalog, pg_temp
as $$
begin
  return query
    select o.invitation_id, s.school_id, s.name, s.urn, o.role, o.expires_at
    from entry.offers(scope.account()) o join public.school s on s.school_id = o.school_id
    where after is null or o.invitation_id > after
    order by o.invitation_id, s.school_id limit at_most;
end
$$;

-- The holder of the scope accepts what was offered to it: no row where nothing was. What it has accepted before is
-- answered again, and is not fresh. An id that is offered by two schools is nobody's.
create function entry.accept_invitation(of_invitation uuid)
  returns table (school uuid, role text, since timestamptz, fresh boolean)
  language plpgsql volatile security definer
  set search_path = pg_catalog, pg_temp
as $$
declare
  me uuid := scope.account();
  schools uuid[];
  offer record;
  taken boolean;
begin
  perform pg_advisory_xact_lock(hashtextextended('invitations ' || me::text, 0));
  schools := array(
    select o.school_id from entry.offers(me) o where o.invitation_id = of_invitation
    union
    select i.school_id from public.invitation i join public.school s on s.school_id = i.school_id and s.left_at is null
      where i.account_id = me and i.invitation_id = of_invitation);
  if cardinality(schools) <> 1 then
    return;
  end if;
  select * into offer from entry.offers(me) o where o.school_id = schools[1] and o.invitation_id = of_invitation;
  taken := found;
  if taken then
    perform entry.take_up(me, offer.school_id, offer.role, offer.provider, offer.realm, offer.address);
    -- Who comes back has not left.
    update public.invitation i set left_at = null
      where i.school_id = offer.school_id and i.account_id = me and i.left_at is not null;
  end if;
  return query
    select m.school_id, m.role, m.since, taken
    from public.invitation i
      join public.membership m on m.school_id = i.school_id and m.account_id = i.account_id and m.role = i.role
    where i.school_id = schools[1] and i.invitation_id = of_invitation and i.account_id = me;
end
$$;

-- Ends roles of an account at a school, every one where none is named. Returns which; null where nobody could run the
-- school afterwards, and then nothing has ended.
create function entry.end_roles(of_school uuid, of_account uuid, named text[]) returns text[]
  language plpgsql volatile
  set search_path = pg_catalog, pg_temp
as $$
declare
  held text[];
begin
  -- Two admins who go at once: one after the other.
  perform pg_advisory_xact_lock(hashtextextended('admins ' || of_school::text, 0));
  held := array(select m.role from public.membership m
    where m.school_id = of_school and m.account_id = of_account and (named is null or m.role = any (named))
    order by m.role);
  if 'admin' = any (held) and not exists (select from public.membership m
      where m.school_id = of_school and m.role = 'admin' and m.account_id <> of_account) then
    return null;
  end if;
  delete from public.membership m
    where m.school_id = of_school and m.account_id = of_account and m.role = any (held);
  return held;
end
$$;

-- Ends a role: 'ended', 'none' where there was none, 'last-admin' where nobody could run the school afterwards.
create or replace function entry.end_membership(of_school uuid, of_account uuid, of_role text) returns text
  language plpgsql volatile security definer
  set search_path = pg_catalog, pg_temp
as $$
declare
  ended text[];
begin
  perform entry.demand_school(of_school, 'identity:manage');
  ended := entry.end_roles(of_school, of_account, array[of_role]);
  return case when ended is null then 'last-admin' when ended = '{}' then 'none' else 'ended' end;
end
$$;

-- The holder of the scope leaves a school, with every role there. Returns which ended; null for the last admin, who
-- stays.
create function entry.leave_school(of_school uuid) returns text[]
  language plpgsql volatile security definer
  set search_path = pg_catalog, pg_temp
as $$
declare
  me uuid := scope.account();
  ended text[];
begin
  if not exists (select from public.membership m join public.school s on s.school_id = m.school_id and s.left_at is null
      where m.school_id = of_school and m.account_id = me) then
    return '{}';
  end if;
  ended := entry.end_roles(of_school, me, null);
  if ended is not null then
    update public.invitation i set left_at = clock_timestamp() where i.school_id = of_school and i.account_id = me;
  end if;
  return ended;
end
$$;

grant execute on function
  entry.standing(text, text, text, text[], text[], boolean),
  entry.bind(uuid, text, text, text, text[], text[], boolean)
  to ${service}_school;
grant execute on function entry.my_invitations(uuid, integer), entry.accept_invitation(uuid), entry.leave_school(uuid)
  to ${service}_school, ${service}_class;
set local role none;
revoke create on schema entry from ${service}_clerk;
