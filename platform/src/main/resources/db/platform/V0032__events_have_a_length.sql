-- An event that the log could never take would be carried for ever, and nothing behind it. The log takes a kind of its index's length
-- and a million characters; ours are far shorter.
alter table outbox.event add constraint of_a_length
  check (length(kind) <= 64 and length(body) <= 262144);
