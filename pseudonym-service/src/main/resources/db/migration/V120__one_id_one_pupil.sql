-- A ps_id stands for one pupil over all schools (docs/adr/0010).
alter table pupil add constraint pupil_one unique (ps_id);
