-- Who may update a whole table may lock it: so the columns are named that a load changes.
revoke update on grade from ${service}_school;
grant update (scale, grade, points_tenths, upload_id, recorded_at) on grade to ${service}_school;
