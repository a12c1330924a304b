package uk.progressstream.ingest.csv;

import static org.assertj.core.api.Assertions.assertThat;

import de.siegmar.fastcsv.writer.CsvWriter;
import de.siegmar.fastcsv.writer.LineDelimiter;
import de.siegmar.fastcsv.writer.QuoteStrategies;
import java.io.ByteArrayInputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.StringWriter;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

class CsvRowsProperties {

  /** What a writer wrote comes back, in whatever pieces the bytes arrive. */
  @Property
  void roundTrip(
      @ForAll("tables") List<List<String>> table,
      @ForAll boolean quoteAll,
      @ForAll LineDelimiter lineEnd,
      @ForAll @IntRange(min = 1, max = 9) int bytesPerRead)
      throws IOException {
    byte[] bytes = written(table, quoteAll, lineEnd).getBytes(StandardCharsets.UTF_8);

    assertThat(read(new Drip(bytes, bytesPerRead))).isEqualTo(table);
  }

  /** Windows-1252 comes back too, as long as its bytes don't happen to be UTF-8. */
  @Property
  void windows1252(@ForAll("westernTables") List<List<String>> table) throws IOException {
    String text = "ÿ,x\n" + written(table, true, LineDelimiter.CRLF);
    byte[] bytes = text.getBytes(Charset.forName("windows-1252"));

    assertThat(read(new ByteArrayInputStream(bytes)).subList(1, table.size() + 1)).isEqualTo(table);
  }

  /** However a file is cut, each row but a marked last one is a row of the whole file. */
  @Property
  void anyCut(@ForAll("tables") List<List<String>> table, @ForAll @IntRange(max = 400) int length)
      throws IOException {
    byte[] whole = written(table, true, LineDelimiter.LF).getBytes(StandardCharsets.UTF_8);
    byte[] cut = Arrays.copyOf(whole, Math.min(length, whole.length));
    List<CsvRow> rows = rows(new ByteArrayInputStream(cut));

    for (CsvRow row : rows) {
      boolean complete = row.cells().equals(table.get((int) row.number() - 1));
      assertThat(complete || row.cutOff() || row.number() == 1).isTrue();
    }
  }

  /** Any bytes at all are read or refused; nothing else happens. */
  @Property
  void anyBytes(@ForAll @Size(max = 300) byte[] bytes) throws IOException {
    CsvRows rows = new CsvRows(new ByteArrayInputStream(bytes), new CsvLimits(200, 10, 50, 5));
    try {
      int count = 0;
      while (rows.next() != null) {
        count++;
      }
      assertThat(count).isLessThanOrEqualTo(11);
    } catch (UnreadableFile refused) {
      assertThat(refused.code()).isNotNull();
    }
  }

  @Provide
  Arbitrary<List<List<String>>> tables() {
    return table(Arbitraries.strings().withChars("ab1\",;\n\r=+@ é€😀ﬁ").ofMaxLength(6));
  }

  @Provide
  Arbitrary<List<List<String>>> westernTables() {
    return table(Arbitraries.strings().withChars("ab1,éèñÿ€–").ofMaxLength(6));
  }

  // A first cell that is never empty keeps rows from being blank; cells come back without white
  // space around them.
  private static Arbitrary<List<List<String>>> table(Arbitrary<String> cells) {
    Arbitrary<List<String>> row =
        cells
            .map(Blanks::strip)
            .list()
            .ofSize(2)
            .map(rest -> List.of("k" + rest.get(0), rest.get(1)));
    return row.list().ofMinSize(1).ofMaxSize(8);
  }

  private static String written(List<List<String>> table, boolean quoteAll, LineDelimiter lineEnd) {
    StringWriter out = new StringWriter();
    CsvWriter.CsvWriterBuilder builder = CsvWriter.builder().bufferSize(0).lineDelimiter(lineEnd);
    CsvWriter csv =
        quoteAll ? builder.quoteStrategy(QuoteStrategies.ALWAYS).build(out) : builder.build(out);
    table.forEach(csv::writeRecord);
    return out.toString();
  }

  private static List<List<String>> read(InputStream source) throws IOException {
    return rows(source).stream().map(CsvRow::cells).toList();
  }

  private static List<CsvRow> rows(InputStream source) throws IOException {
    List<CsvRow> all = new ArrayList<>();
    CsvRows rows = new CsvRows(source, CsvLimits.DEFAULT);
    for (CsvRow row = rows.next(); row != null; row = rows.next()) {
      all.add(row);
    }
    return all;
  }

  /** Gives few bytes at a time, as a slow network does. */
  private static final class Drip extends FilterInputStream {
    private final int bytesPerRead;

    Drip(byte[] bytes, int bytesPerRead) {
      super(new ByteArrayInputStream(bytes));
      this.bytesPerRead = bytesPerRead;
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
      return super.read(target, offset, Math.min(length, bytesPerRead));
    }
  }
}
