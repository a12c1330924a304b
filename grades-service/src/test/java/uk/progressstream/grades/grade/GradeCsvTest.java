package uk.progressstream.grades.grade;

import static org.assertj.core.api.Assertions.assertThat;

import de.siegmar.fastcsv.reader.CsvReader;
import java.util.List;
import java.util.UUID;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

class GradeCsvTest {

  @Property
  void whatIsWrittenIsReadBack(@ForAll String subject, @ForAll String grade) {
    Grade row =
        new Grade(
            UUID.randomUUID(),
            UUID.randomUUID(),
            UUID.randomUUID(),
            "x" + subject,
            "GCSE",
            "G1",
            "historical",
            "scale",
            grade,
            8.5);

    List<List<String>> read =
        CsvReader.builder().ofCsvRecord(GradeCsv.header() + GradeCsv.rows(List.of(row))).stream()
            .map(record -> record.getFields())
            .toList();

    assertThat(read.get(0)).isEqualTo(Grade.COLUMNS);
    assertThat(read.get(1)).contains(row.psId().toString(), row.subject(), row.grade(), "8.5");
  }
}
