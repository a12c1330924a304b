-- An upload's id is one over all schools (docs/adr/0010).
alter table upload add constraint upload_one unique (id);
drop index upload_by_id;
