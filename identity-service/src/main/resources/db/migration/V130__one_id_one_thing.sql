-- An id that names one thing names it once in the whole database, whichever school made it (docs/adr/0010): nobody makes a
-- class, an invitation or a cluster under the id of another school's, and no join by an id finds two.
alter table school_class add constraint school_class_one unique (class_id);
alter table invitation add constraint invitation_one unique (invitation_id);
alter table cluster add constraint cluster_one unique (cluster_id);
alter table cluster_cell add constraint cluster_cell_one unique (cell_id);
alter table employee_lease add constraint employee_lease_one unique (lease_id);
alter table errand add constraint errand_one unique (token_id);
alter table history add constraint history_one unique (change_id);

-- What the constraints do now.
drop index school_class_by_id;
drop index cluster_by_id;
drop index employee_lease_by_id;

-- A class and its school are compared as one. By themselves each, a scope of two schools' classes opened a row of the one
-- school under the class of the other.
create index school_class_by_cell on school_class ((school_id::text || '/' || class_id::text));
drop policy class_reads on school_class;
create policy class_reads on school_class for select to ${service}_class
  using (school_id::text || '/' || class_id::text = any ((select scope.cells('identity:read'))::text[]));

grant create on schema entry to ${service}_clerk;
set local role ${service}_clerk;

-- What became of it: 'created', 'same' (by an earlier try of the same request), 'id-taken' or 'urn-taken'.
create or replace function entry.create_school(
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
  if exists (select from public.invitation i where i.invitation_id = invitation) then
    return 'id-taken';
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

set local role none;
revoke create on schema entry from ${service}_clerk;
