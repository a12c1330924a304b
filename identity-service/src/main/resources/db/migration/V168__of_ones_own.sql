-- What somebody does for themselves asks for a seal that permits a person something, and not for any seal that names an
-- account: a record's or an errand's sees, accepts and leaves nothing.
grant create on schema entry to ${service}_clerk;
set local role ${service}_clerk;

create or replace function entry.my_invitations(after uuid, at_most integer)
  returns table (id uuid, school uuid, name text, urn text, role text, expires_at timestamptz)
  language plpgsql stable security definer
  set search_path = pg_catalog, pg_temp
as $$
begin
  return query
    select o.invitation_id, s.school_id, s.name, s.urn, o.role, o.expires_at
    from entry.offers(scope.account()) o join public.school s on s.school_id = o.school_id
    where scope.permits('identity:read') and (after is null or o.invitation_id > after)
    order by o.invitation_id, s.school_id limit at_most;
end
$$;

create or replace function entry.accept_invitation(of_invitation uuid)
  returns table (school uuid, role text, since timestamptz, fresh boolean)
  language plpgsql volatile security definer
  set search_path = pg_catalog, pg_temp
as $$
declare
  me uuid := scope.account();
  offer record;
  taken boolean;
begin
  perform entry.demand('identity:read');
  perform pg_advisory_xact_lock(hashtextextended('invitations ' || me::text, 0));
  select * into offer from entry.offers(me) o where o.invitation_id = of_invitation;
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
      join public.school s on s.school_id = i.school_id and s.left_at is null
      join public.membership m on m.school_id = i.school_id and m.account_id = i.account_id and m.role = i.role
    where i.invitation_id = of_invitation and i.account_id = me;
end
$$;

create or replace function entry.leave_school(of_school uuid) returns text[]
  language plpgsql volatile security definer
  set search_path = pg_catalog, pg_temp
as $$
declare
  me uuid := scope.account();
  ended text[];
begin
  perform entry.demand('identity:read');
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

-- As before, and one after the other with an invitation that the account takes up: whichever comes second sees the first.
create or replace function entry.bind_staff(
    candidate uuid, of_provider text, of_realm text, of_subject text, key text, granted text[])
  returns void
  language plpgsql volatile security definer
  set search_path = pg_catalog, pg_temp
as $$
declare
  bound_to uuid;
begin
  perform entry.demand('identity:sign-in');
  bound_to := entry.account_for(candidate, of_provider, of_realm, of_subject);
  perform pg_advisory_xact_lock(hashtextextended('invitations ' || bound_to::text, 0));
  insert into public.staff as s (staff_key, account_id, permissions) values (key, bound_to, granted)
    on conflict (staff_key) do update
      set account_id = excluded.account_id, permissions = excluded.permissions, bound_at = clock_timestamp()
      where s.permissions = '{}' and entry.settled_since(s.lessened_at);
  if found and exists (select from public.membership m where m.account_id = bound_to) then
    perform entry.revoke(array[bound_to]);
  end if;
end
$$;

set local role none;
revoke create on schema entry from ${service}_clerk;
