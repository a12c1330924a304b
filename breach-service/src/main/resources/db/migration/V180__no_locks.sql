-- A login role takes no lock by name: the function does it that knows which.
grant create on schema clock to ${service}_clerk;
alter function clock.stamp_completion() security definer;
alter function clock.stamp_completion() owner to ${service}_clerk;
revoke create on schema clock from ${service}_clerk;
