package uk.progressstream.ingest.csv;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import uk.progressstream.ingest.finding.ProblemCode;

class CsvRowsTest {
  private static final Charset WINDOWS_1252 = Charset.forName("windows-1252");
  private static final CsvLimits SMALL = new CsvLimits(400, 5, 60, 4);

  @Test
  @DisplayName("a byte order mark is no part of the first header")
  void byteOrderMark() throws IOException {
    assertThat(read("\uFEFFenrollment_id,class\nA1,7x\n").get(0).cells())
        .containsExactly("enrollment_id", "class");
  }

  @Test
  @DisplayName(
      "bytes that are no UTF-8 are read as windows-1252 where nothing before them spoke for UTF-8")
  void windows1252() throws IOException {
    assertThat(read("a,b\nFrançais,x–y\n".getBytes(WINDOWS_1252)).get(1).cells())
        .containsExactly("Français", "x–y");
  }

  @Test
  @DisplayName("a file that changes its encoding stops where it does, after the rows before")
  void mixedEncodings() throws IOException {
    CsvRows rows =
        rows(
            new SequenceInputStream(
                stream("a,b\né,1\n".getBytes(StandardCharsets.UTF_8)),
                stream("é,2\n".getBytes(WINDOWS_1252))),
            CsvLimits.DEFAULT);

    assertThat(next(rows).cells()).containsExactly("a", "b");
    assertThat(next(rows).cells()).containsExactly("é", "1");
    assertStops(rows, ProblemCode.BAD_ENCODING);
  }

  @Test
  @DisplayName(
      "UTF-16 and zipped spreadsheets are refused by their first bytes, binary by its first nought")
  void otherFormats() {
    assertStops(rows(stream("a,b".getBytes(StandardCharsets.UTF_16))), ProblemCode.UTF_16);
    assertStops(rows(stream("a,b".getBytes(StandardCharsets.UTF_16LE))), ProblemCode.NOT_TEXT);
    assertStops(rows(stream(new byte[] {'P', 'K', 3, 4, 20})), ProblemCode.NOT_TEXT);
    assertStops(rows(stream(new byte[] {'a', ',', 0, '\n'})), ProblemCode.NOT_TEXT);
  }

  @Test
  @DisplayName("all three line ends, quoted newlines and doubled quotation marks")
  void lineEndsAndQuotes() throws IOException {
    assertThat(read("a,b\r\n\"x\r\ny\",\"say \"\"hi\"\"\"\n1,2\r3,4"))
        .extracting(CsvRow::cells)
        .containsExactly(
            List.of("a", "b"),
            List.of("x \ny", "say \"hi\""),
            List.of("1", "2"),
            List.of("3", "4"));
  }

  @Test
  @DisplayName("lines of commas are stepped over, but counted as a spreadsheet does")
  void blankRows() throws IOException {
    assertThat(read("a,b\n\n,,,\n1,2\n,\n").get(1))
        .isEqualTo(new CsvRow(4, List.of("1", "2"), false));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"a,b\n1,2\n3", "a,b\n1,2\n\"3", "a,b\n1,2\n3,\"4\n5,6\n", "a,b\n1,2\n3,4\n5"})
  @DisplayName("a last row that ends too early, or inside quotes, is marked and no other is")
  void cutOff(String text) throws IOException {
    List<CsvRow> rows = read(text);

    assertThat(rows.get(rows.size() - 1).cutOff()).isTrue();
    assertThat(rows.subList(0, rows.size() - 1)).noneMatch(CsvRow::cutOff);
  }

  @Test
  @DisplayName("half a character at the end marks its row")
  void cutOffInsideCharacter() throws IOException {
    byte[] bytes = "a,b\né,1\n2,é".getBytes(StandardCharsets.UTF_8);
    List<CsvRow> rows = read(java.util.Arrays.copyOf(bytes, bytes.length - 1));

    assertThat(rows).extracting(CsvRow::cutOff).containsExactly(false, false, true);
  }

  @ParameterizedTest
  @ValueSource(strings = {"a,b\n1,2", "a,b\n1,2\n3\n", "a,b\n1,2\n3,\"4\"", "a,b\n1,2\n3,", ""})
  @DisplayName("a file without a last line end, and a short row in the middle, are not cut off")
  void notCutOff(String text) throws IOException {
    assertThat(read(text)).noneMatch(CsvRow::cutOff);
  }

  @Test
  @DisplayName("a stray quotation mark inside a cell is text")
  void strayQuote() throws IOException {
    assertThat(read("a,b\n5\" nails,2\n\"x\"y,3\n"))
        .extracting(row -> row.cells().get(1))
        .containsExactly("b", "2", "3");
  }

  @Test
  @DisplayName("a quotation mark that is never closed stops the file within the row limit")
  void neverClosedQuote() throws IOException {
    CsvRows rows = rows(stream("a,b\n1,2\n\"3," + "x".repeat(100)), SMALL);

    next(rows);
    assertThat(next(rows).cells()).containsExactly("1", "2");
    assertStops(rows, ProblemCode.LINE_TOO_LONG);
    assertThat(rows.number()).isEqualTo(2);
  }

  @Test
  @DisplayName("too many columns, rows or bytes stop the file")
  void limits() throws IOException {
    assertStops(rows(stream("a,b,c,d,e\n"), SMALL), ProblemCode.TOO_MANY_COLUMNS);
    assertStops(drained("a\n1\n2\n3\n4\n5\n6\n", 6), ProblemCode.TOO_MANY_ROWS);
    CsvRows large = rows(stream("a,b\n1,2\n3,4\n"), new CsvLimits(9, 5, 60, 4));
    next(large);
    assertThat(next(large).cells()).containsExactly("1", "2");
    assertStops(large, ProblemCode.FILE_TOO_LARGE);
    assertThat(rows(stream("a,b\n1,2\n"), new CsvLimits(8, 5, 60, 4)).next()).isNotNull();
    assertThat(drained("a\n1\n2\n3\n4\n5\n", 6).next()).isNull();
  }

  @Test
  @DisplayName("a connection that breaks is not the end of the file")
  void brokenConnection() throws IOException {
    CsvRows rows = rows(new SequenceInputStream(stream("a,b\n1,2\n3,4\n5"), new BrokenStream()));

    assertThat(next(rows).cells()).containsExactly("a", "b");
    assertThat(next(rows).cells()).containsExactly("1", "2");
    assertThat(next(rows).cells()).containsExactly("3", "4");
    assertStops(rows, ProblemCode.BODY_CUT_OFF);
  }

  @Test
  @DisplayName("white space, no-break spaces included, is no part of a cell")
  void whiteSpace() throws IOException {
    assertThat(read("a , \u00A0b\u00A0\n\"\t1 \", 2\n").get(1).cells()).containsExactly("1", "2");
  }

  @Test
  @DisplayName("a row prints its number and no cell")
  void printsNoCell() {
    assertThat(new CsvRow(7, List.of("secret"), false).toString()).doesNotContain("secret");
  }

  private static CsvRows drained(String text, int rowsRead) throws IOException {
    CsvRows rows = rows(stream(text), SMALL);
    for (int i = 0; i < rowsRead; i++) {
      next(rows);
    }
    return rows;
  }

  private static void assertStops(CsvRows rows, ProblemCode code) {
    assertThatThrownBy(rows::next)
        .isInstanceOfSatisfying(
            UnreadableFile.class, stopped -> assertThat(stopped.code()).isEqualTo(code));
  }

  private static CsvRow next(CsvRows rows) throws IOException {
    return java.util.Objects.requireNonNull(rows.next());
  }

  private static List<CsvRow> read(String text) throws IOException {
    return read(text.getBytes(StandardCharsets.UTF_8));
  }

  private static List<CsvRow> read(byte[] bytes) throws IOException {
    List<CsvRow> all = new ArrayList<>();
    CsvRows rows = rows(stream(bytes));
    for (CsvRow row = rows.next(); row != null; row = rows.next()) {
      all.add(row);
    }
    return all;
  }

  private static CsvRows rows(InputStream source) {
    return rows(source, CsvLimits.DEFAULT);
  }

  private static CsvRows rows(InputStream source, CsvLimits limits) {
    return new CsvRows(source, limits);
  }

  private static InputStream stream(String text) {
    return stream(text.getBytes(StandardCharsets.UTF_8));
  }

  private static InputStream stream(byte[] bytes) {
    return new ByteArrayInputStream(bytes);
  }

  private static final class BrokenStream extends InputStream {
    @Override
    public int read() throws IOException {
      throw new IOException("connection reset");
    }
  }
}
