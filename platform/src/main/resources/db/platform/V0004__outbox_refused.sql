-- The log may answer that it holds, in an event's place, only a note that it could not take the event. Whoever waits
-- for the record of what they do must not take that for one.
alter table outbox.event add column refused boolean not null default false;
grant update (refused) on outbox.event to ${service}_relay;
