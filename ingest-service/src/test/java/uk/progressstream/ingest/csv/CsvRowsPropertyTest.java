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

class CsvRowsPropertyTest {

  /** What a writer wrote comes back, in whatever pieces the bytes arrive. */
  @Property
  void roundTrip(
      @ForAll("tables") List<List<String>> table,
      @ForAll boolean quoteAll,
      @ForAll LineDelimiter lineEnd,
      @ForAll @IntRange(min = 1, max = 9) int bytesPerRead)
      throws IOException {
    byte[] bytes = written(table, quoteAll, lineEnd).getBytes(StandardCharsets.UTF_8);

    assertThat(read(new Drip(bytes, bytesPerRead))).isEqualTo(withoutReturns(table));
  }

  /** Windows-1252 comes back too, as long as its bytes don't happen to be UTF-8. */
  @Property
  void windows1252(@ForAll("westernTables") List<List<String>> table) throws IOException {
    String text = "ÿ,x\n" + written(table, true, LineDelimiter.CRLF);
    byte[] bytes = text.getBytes(Charset.forName("windows-1252"));

    assertThat(read(new ByteArrayInputStream(bytes)).subList(1, table.size() + 1)).isEqualTo(table);
  }

  /**
   * However a file is cut, each row is a row of the whole file, but for a last one: that is marked,
   * or lacks a part of its last cell alone, which nobody can see.
   */
  @Property
  void anyCut(@ForAll("tables") List<List<String>> table, @ForAll @IntRange(max = 400) int length)
      throws IOException {
    byte[] whole = written(table, true, LineDelimiter.LF).getBytes(StandardCharsets.UTF_8);
    byte[] cut = Arrays.copyOf(whole, Math.min(length, whole.length));
    List<CsvRow> rows = rows(new ByteArrayInputStream(cut));

    for (int i = 0; i < rows.size(); i++) {
      List<String> sent = withoutReturns(table).get(i);
      List<String> read = rows.get(i).cells();
      boolean last = i == rows.size() - 1;
      boolean lacksEnd =
          last
              && read.size() == sent.size()
              && read.get(0).equals(sent.get(0))
              && sent.get(1).startsWith(read.get(1));
      assertThat(read.equals(sent) || last && (rows.get(i).cutOff() || i == 0) || lacksEnd)
          .isTrue();
    }
  }

  /**
   * Rows and cells are never joined or split in other places than a plain reading of the rules
   * says.
   */
  @Property(tries = 5000)
  void anyText(@ForAll("roughTexts") String text) throws IOException {
    List<Integer> sizes = new ArrayList<>();
    InputStream bytes = new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8));
    try (RecordParser parser = parser(bytes)) {
      for (List<String> cells = parser.next(); cells != null; cells = parser.next()) {
        sizes.add(cells.size());
      }
    }

    assertThat(sizes).isEqualTo(PlainCsv.cellsOfRows(text));
  }

  /** A reader that asks for one character at a time gets the same text. */
  @Property
  void anyRoom(@ForAll("texts") String text, @ForAll @IntRange(min = 1, max = 3) int room)
      throws IOException {
    EncodedText encoded =
        new EncodedText(new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)));
    StringBuilder read = new StringBuilder();
    char[] target = new char[room];
    for (int count = encoded.read(target); count >= 0; count = encoded.read(target)) {
      read.append(target, 0, count);
    }

    assertThat(read.toString()).isEqualTo(text);
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
    return table(texts());
  }

  @Provide
  Arbitrary<String> texts() {
    return Arbitraries.of(
            "a", "b", "1", "\"", ",", ";", "\n", "\r", "=", "+", "@", " ", "é", "€", "😀", "ﬁ")
        .list()
        .ofMaxSize(6)
        .map(pieces -> String.join("", pieces));
  }

  @Provide
  Arbitrary<String> roughTexts() {
    return Arbitraries.of("a", "\"", "\"\"", ",", "\n", "\r", "\r\n", ",\"", "\",")
        .list()
        .ofMaxSize(24)
        .map(pieces -> String.join("", pieces));
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

  // A CR inside quotes comes out as a space.
  private static List<List<String>> withoutReturns(List<List<String>> table) {
    return table.stream()
        .map(row -> row.stream().map(cell -> Blanks.strip(cell.replace('\r', ' '))).toList())
        .toList();
  }

  private static RecordParser parser(InputStream bytes) {
    return new RecordParser(new RecordTracker(new EncodedText(bytes), 1000), CsvLimits.DEFAULT);
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
