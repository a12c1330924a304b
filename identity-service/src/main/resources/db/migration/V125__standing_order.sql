-- As before (V120), and invitations are read before the account. Each part sees what was committed until then: of two
-- sign-ins of one person at once, the later either still finds the invitation open, and learns while binding that it is
-- taken, or finds the account that took it. The other way round it could find neither, and was refused as a stranger.
grant create on schema entry to ${service}_clerk;
set local role ${service}_clerk;

create or replace function entry.standing(of_provider text, of_realm text, of_subject text, addresses text[])
  returns jsonb
  language plpgsql volatile security definer
  set search_path = pg_catalog, pg_temp
as $$
declare
  account uuid;
  invitations jsonb;
begin
  perform entry.demand('identity:sign-in');
  invitations := entry.open_invitations(of_provider, addresses);
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
    'invitations', invitations);
end
$$;

set local role none;
revoke create on schema entry from ${service}_clerk;
