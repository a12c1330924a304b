-- Work with nobody at the keyboard that a school must have agreed to: one job holds one school at a time, as an
-- employee does, and hands it back before it takes the next.
create table errand (
  school_id uuid not null references school,
  token_id uuid not null,
  account_id uuid not null,
  purpose text not null check (purpose in ('backup', 'prediction')),
  started_at timestamptz not null default clock_timestamp(),
  ends_at timestamptz not null,
  ended_at timestamptz,
  primary key (school_id, token_id)
);

create unique index errand_one_alive on errand (account_id) where ended_at is null;

alter table errand enable row level security;
alter table errand force row level security;

-- A school's admins see which job held their school, and when.
grant select on errand to ${service}_school;
create policy school_reads on errand for select to ${service}_school
  using (school_id = any ((select scope.schools('identity:manage'))::uuid[]));

grant select, insert, update on errand to ${service}_clerk;
create policy clerk_reads on errand for select to ${service}_clerk using (true);
create policy clerk_adds on errand for insert to ${service}_clerk with check (true);
create policy clerk_changes on errand for update to ${service}_clerk using (true) with check (true);
-- A consent is locked while an errand starts on it. That takes the right to change it; the check lets no change through.
grant update on consent to ${service}_clerk;
create policy clerk_locks on consent for update to ${service}_clerk using (true) with check (false);

grant create on schema entry to ${service}_clerk;
set local role ${service}_clerk;

create function entry.revoke_token(account uuid, token uuid) returns void
  language plpgsql volatile
  set search_path = pg_catalog, pg_temp
as $$
begin
  insert into public.revocation (account_id, token_id, revoked_at) values (account, token, clock_timestamp())
    on conflict (account_id, token_id) do nothing;
end
$$;

-- Takes a school for a job: 'taken', 'no-school', 'no-consent', or 'busy' where the job holds a school still.
create function entry.take_errand(of_school uuid, token uuid, account uuid, for_purpose text, until timestamptz)
  returns text
  language plpgsql volatile security definer
  set search_path = pg_catalog, pg_temp
as $$
begin
  perform entry.demand('identity:errand');
  perform pg_advisory_xact_lock(hashtextextended('errand ' || account::text, 0));
  update public.errand e set ended_at = e.ends_at
    where e.account_id = account and e.ended_at is null and e.ends_at <= clock_timestamp();
  if not exists (select from public.school s where s.school_id = of_school and s.left_at is null) then
    return 'no-school';
  end if;
  -- Locked, so that a consent that is being withdrawn either ends this errand or keeps it from starting.
  perform from public.consent c where c.school_id = of_school and c.purpose = for_purpose for key share;
  if not found then
    return 'no-consent';
  end if;
  insert into public.errand (school_id, token_id, account_id, purpose, ends_at)
    values (of_school, token, account, for_purpose, until) on conflict (account_id) where ended_at is null do nothing;
  return case when found then 'taken' else 'busy' end;
end
$$;

-- Hands a school back before its time; false where the job holds none of this token.
create function entry.end_errand(token uuid, account uuid) returns boolean
  language plpgsql volatile security definer
  set search_path = pg_catalog, pg_temp
as $$
begin
  perform entry.demand('identity:errand');
  update public.errand e set ended_at = clock_timestamp()
    where e.token_id = token and e.account_id = account and e.ended_at is null;
  if not found then
    return false;
  end if;
  perform entry.revoke_token(account, token);
  return true;
end
$$;

-- Ids of the schools that consent, in their order.
create function entry.consenting_schools(to_purpose text, after uuid, at_most integer) returns setof uuid
  language plpgsql stable security definer
  set search_path = pg_catalog, pg_temp
as $$
begin
  perform entry.demand('identity:errand');
  return query
    select c.school_id from public.consent c join public.school s on s.school_id = c.school_id and s.left_at is null
    where c.purpose = to_purpose and (after is null or c.school_id > after)
    order by c.school_id limit at_most;
end
$$;

-- A consent that is gone ends the errand that runs on it.
create function entry.consent_withdrawn() returns trigger
  language plpgsql volatile security definer
  set search_path = pg_catalog, pg_temp
as $$
declare
  running public.errand;
begin
  for running in
    update public.errand e set ended_at = clock_timestamp()
      where e.school_id = old.school_id and e.purpose = old.purpose and e.ended_at is null returning e.*
  loop
    perform entry.revoke_token(running.account_id, running.token_id);
  end loop;
  return null;
end
$$;

grant execute on function entry.take_errand(uuid, uuid, uuid, text, timestamptz), entry.end_errand(uuid, uuid),
  entry.consenting_schools(text, uuid, integer) to ${service}_school;
grant execute on function entry.consent_withdrawn(), entry.note_change() to ${service}_owner;
set local role none;
revoke create on schema entry from ${service}_clerk;

create trigger errand_ends after delete on consent for each row execute function entry.consent_withdrawn();
create trigger note_change after insert or update on errand for each row execute function entry.note_change();
