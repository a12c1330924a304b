package uk.progressstream.log.tree;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TilePathTest {

  @ParameterizedTest
  @CsvSource({
    "0/000, 0, 0, 256",
    "0/x001/x234/067, 0, 1234067, 256",
    "0/001.p/5, 0, 1, 5",
    "5/x123/x456/078.p/2, 5, 123456078, 2",
    "1/x003/x057/500, 1, 3057500, 256",
    "entries/x003/x057/500.p/255, -1, 3057500, 255"
  })
  void asTheSpecificationWritesThem(String text, int level, long index, int width) {
    TilePath path = new TilePath(new TileId(level, index), width);
    assertThat(path.text()).isEqualTo(text);
    assertThat(TilePath.of(text)).contains(path);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "0",
        "0/",
        "0/1",
        "0/0000",
        "00/000",
        "-1/000",
        "8/000",
        "64/000",
        "0/123/456/078",
        "0/x000/001",
        "0/x001",
        "0/x001/x067",
        "0/000.p/0",
        "0/000.p/01",
        "0/000.p/256",
        "0/000.p/999",
        "0/000.p",
        "0/000/",
        "/0/000",
        "data/000",
        "entries/000.p/",
        "../0/000",
        "0/x999/x999/x999/x999/x999/x999/999"
      })
  void everythingElseIsNoPath(String text) {
    assertThat(TilePath.of(text)).isEmpty();
  }

  @Property
  void everyTileHasOnePath(
      @ForAll @IntRange(min = -1, max = 7) int level,
      @ForAll @LongRange(max = 999_999_999_999_999_999L) long index,
      @ForAll @IntRange(min = 1, max = 256) int width) {
    TilePath path = new TilePath(new TileId(level, index), width);
    assertThat(TilePath.of(path.text())).isEqualTo(Optional.of(path));
  }
}
