package uk.progressstream.system.benchmark;

import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.UUID;
import uk.progressstream.provisioning.database.DatabaseRole;
import uk.progressstream.provisioning.database.ServiceDatabase;

/**
 * The audit database with ten million records: 500 schools, a year, 40 people a school, who do
 * eight things at a time. Salts and bodies are left out, as of erased records: no count reads them.
 */
final class RecordsAtScale implements AutoCloseable {
  static final int SCHOOLS = 500;
  static final int RECORDS = 20_000;

  private static final String FILL =
      """
      insert into record (school_id, id, leaf_index, source, sequence, kind, occurred_at, outcome, actor, role,
        class_ids, column_names, row_count, pupil_count)
      select md5('school ' || s)::uuid, gen_random_uuid(), (n - 1)::bigint * %1$d + s - 1, 'grades', n,
        (array['grades.read', 'grades.export', 'sensitive.read'])[1 + n / 8 %% 3],
        timestamptz '2025-11-24T00:00:00Z' + n * interval '365 days' / %2$d, 'allowed',
        md5('actor ' || s || ' ' || n / 8 %% 40)::uuid, 'teacher',
        array[md5('class ' || s || ' ' || n / 8 %% 40)::uuid, md5('class ' || s || ' ' || (n / 8 + n %% 3) %% 40)::uuid],
        array['psId', 'subject', 'grade'], 25, 25
      from generate_series(1, %2$d) n, generate_series(1, %1$d) s
      """
          .formatted(SCHOOLS, RECORDS);

  // What the trigger counted keeps up to date, all at once.
  private static final String COUNT =
      """
      with daily as materialized (
        select school_id, date_trunc('day', occurred_at, 'UTC') as day, kind, actor, role, class_ids, column_names, row_count,
          pupil_count, occurred_at
        from record
      ), counted as (
        select school_id, day, kind, actor, role, min(column_names) as names, count(*) as records, sum(row_count) as row_count,
          max(pupil_count) as most, sum(pupil_count) as all_pupils, min(occurred_at) as first_at, max(occurred_at) as last_at
        from daily group by school_id, day, kind, actor, role
      ), class_lists as (
        select school_id, day, kind, actor, role, array_agg(distinct c order by c) as ids
        from daily cross join lateral unnest(class_ids) as c group by school_id, day, kind, actor, role
      )
      insert into touch
      select school_id, day, kind, actor, role, ids, names, records, row_count, most, all_pupils, first_at, last_at
      from counted join class_lists using (school_id, day, kind, actor, role)
      """;

  private final BenchmarkDatabase audit;

  private RecordsAtScale(BenchmarkDatabase audit) {
    this.audit = audit;
  }

  static RecordsAtScale start() throws IOException, SQLException {
    BenchmarkDatabase audit = BenchmarkDatabase.start("audit");
    audit.execute(
        "alter table record drop constraint record_pkey",
        "drop index record_by_leaf",
        "drop index record_by_time",
        // Counted below, all at once.
        "alter table record disable trigger counted",
        FILL,
        "alter table record enable trigger counted",
        "alter table record add primary key (school_id, id)",
        "create index record_by_leaf on record (school_id, leaf_index)",
        "create index record_by_time on record (school_id, occurred_at)",
        "set work_mem = '256MB'",
        COUNT,
        "vacuum (freeze, analyze) record",
        "vacuum (freeze, analyze) touch",
        "checkpoint");
    return new RecordsAtScale(audit);
  }

  static UUID school(int number) {
    return BenchmarkDatabase.md5("school " + number);
  }

  ServiceDatabase database() {
    return audit.database();
  }

  Connection asSchool() throws SQLException {
    return audit.as(DatabaseRole.SCHOOL);
  }

  @Override
  public void close() throws IOException {
    audit.close();
  }
}
