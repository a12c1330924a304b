-- Company staff: names of schools to onboard or to hold, and the making of a school with its first admin's
-- invitation. No function here returns a class, an account or anything else of a school.
create function entry.school_directory(after uuid, at_most integer)
  returns table (id uuid, name text, urn text)
  language plpgsql stable security definer
  set search_path = pg_catalog, pg_temp
as $$
begin
  if not coalesce(scope.permits('school:onboard'), false) then
    perform entry.demand('session:take');
  end if;
  return query
    select s.school_id, s.name, s.urn from public.school s
    where s.left_at is null and (after is null or s.school_id > after)
    order by s.school_id limit at_most;
end
$$;

-- What became of it: 'created', 'same' (by an earlier try of the same request), 'id-taken' or 'urn-taken'.
create function entry.create_school(
    id uuid, called text, with_urn text, invitation uuid, of_provider text, of_realm text, to_address text)
  returns text
  language plpgsql volatile security definer
  set search_path = pg_catalog, pg_temp
as $$
begin
  perform entry.demand('school:onboard');
  -- A unique constraint on the URN alone would tell a school's own role what it may not see.
  perform pg_advisory_xact_lock(hashtext('school.urn'), hashtext(with_urn));
  if exists (select from public.school s where s.school_id = id) then
    return case when exists (
        select from public.school s where s.school_id = id and s.name = called and s.urn = with_urn)
      then 'same' else 'id-taken' end;
  end if;
  if exists (select from public.school s where s.urn = with_urn and s.left_at is null) then
    return 'urn-taken';
  end if;
  insert into public.school (school_id, name, urn) values (id, called, with_urn);
  insert into public.invitation (school_id, invitation_id, provider, realm, address, role)
    values (id, invitation, of_provider, of_realm, to_address, 'admin');
  return 'created';
end
$$;

-- Ids alone, of every school that ever was: a breach may concern one that has left.
create function entry.school_ids() returns setof uuid
  language plpgsql stable security definer
  set search_path = pg_catalog, pg_temp
as $$
begin
  perform entry.demand('breach:manage');
  return query select s.school_id from public.school s order by s.school_id;
end
$$;
