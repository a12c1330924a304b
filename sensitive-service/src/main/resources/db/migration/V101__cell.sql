-- A class and its school in one column, as the scope writes them: so the policy is one comparison and the seal is
-- checked once a statement, and still a row that another school wrote under this class is not this class's row.
alter table pupil_record add column cell text collate "C" not null
  generated always as (school_id::text || '/' || class_id::text) stored;

-- A class list by one index, whichever scope reads it; everything of a teacher's own classes by the other.
drop index pupil_record_by_class;
create index pupil_record_by_class on pupil_record (class_id, cell, ps_id);
create index pupil_record_by_cell on pupil_record (cell);

drop policy class_reads on pupil_record;
create policy class_reads on pupil_record for select to ${service}_class
  using (cell = any ((select scope.cells('sensitive:read'))::text[]));
