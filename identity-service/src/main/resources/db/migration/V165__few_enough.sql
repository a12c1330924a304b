-- An account holds at most 200 classes of one school's giving: more fit no token. Each school has the whole number for
-- itself, so that none uses up another's. A cluster counts whether it works yet or not, unless it is closed.
grant create on schema entry to ${service}_clerk;
set local role ${service}_clerk;

-- Cells as a token counts them: whole schools alone are one each, beside a single class they are their open classes.
create function entry.given(by_school uuid, account uuid) returns bigint
  language sql volatile
begin atomic
  with held as (
    select distinct c.school_id, c.class_id
    from public.cluster_account a
      cross join lateral entry.parties(a.school_id, a.cluster_id) p
      join public.cluster home on home.school_id = p.home_id and home.cluster_id = p.cluster_id
        and home.closed_at is null
      join public.cluster_cell c on c.school_id = p.school_id and c.cluster_id = p.cluster_id
    where a.school_id = by_school and a.account_id = account)
  select case
    when exists (select from held h where h.class_id is not null
      and not exists (select from held w where w.school_id = h.school_id and w.class_id is null))
    then (select count(*) from public.school_class k where k.closed_at is null and exists (
      select from held h where h.school_id = k.school_id and (h.class_id is null or h.class_id = k.class_id)))
    else (select count(distinct h.school_id) from held h) end;
end;

create function entry.demand_few() returns trigger
  language plpgsql volatile security definer
  set search_path = pg_catalog, pg_temp
as $$
begin
  -- Two assignments of one school to one account, one after the other.
  perform pg_advisory_xact_lock(hashtextextended('given ' || new.school_id::text || new.account_id::text, 0));
  if entry.given(new.school_id, new.account_id) > 200 then
    raise program_limit_exceeded using message = 'more classes than a token holds';
  end if;
  return null;
end
$$;

grant execute on function entry.demand_few() to ${service}_owner;
set local role none;
revoke create on schema entry from ${service}_clerk;

create trigger few_enough after insert on cluster_account
  for each row execute function entry.demand_few();
