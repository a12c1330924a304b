-- What witnesses signed of the tree (C2SP tlog-cosignature): public, as checkpoints are.
create table cosignature (
  size bigint not null references checkpoint,
  -- Verifier key (vkey) of the witness.
  witness text not null,
  -- Its line in the signed note.
  line text not null,
  cosigned_at timestamptz not null default now(),
  primary key (size, witness)
);

-- Trees that enough witnesses signed, by the policy of that moment.
create table witnessed (
  size bigint primary key references checkpoint
);

alter table cosignature enable row level security;
alter table cosignature force row level security;
alter table witnessed enable row level security;
alter table witnessed force row level security;

grant select on cosignature, witnessed to ${service}_school;

create policy everybody_reads on cosignature for select to ${service}_school, ${service}_owner using (true);
create policy log_adds on cosignature for insert to ${service}_owner with check (true);
create policy log_changes on cosignature for update to ${service}_owner using (true) with check (true);
create policy log_clears on cosignature for delete to ${service}_owner using (true);

create policy everybody_reads on witnessed for select to ${service}_school, ${service}_owner using (true);
create policy log_adds on witnessed for insert to ${service}_owner with check (true);
create policy log_clears on witnessed for delete to ${service}_owner using (true);

-- Keeps cosignatures of a signed tree, and forgets those of smaller trees after a day: a witness vouches for all that it
-- signed before by what it signs now.
create function log.cosign(tree_size bigint, witnesses text[], lines text[], enough boolean) returns void
  language plpgsql volatile security definer
  set search_path = pg_catalog, pg_temp
as $$
begin
  insert into public.cosignature as c (size, witness, line)
  select tree_size, g.witness, g.line from unnest(witnesses, lines) as g(witness, line)
  on conflict (size, witness) do update set line = excluded.line, cosigned_at = now();
  if enough then
    insert into public.witnessed (size) values (tree_size) on conflict do nothing;
  end if;
  -- The latest that enough of them signed stays, however old it is.
  delete from public.cosignature c
  where c.size < (select max(w.size) from public.witnessed w) and c.cosigned_at < now() - interval '1 day';
  delete from public.witnessed w where not exists (select from public.cosignature c where c.size = w.size);
end
$$;

revoke all on function log.cosign(bigint, text[], text[], boolean) from public;
grant execute on function log.cosign(bigint, text[], text[], boolean) to ${service}_school;
