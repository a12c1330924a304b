package uk.progressstream.log.tree;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Where a tile is found below {@code <prefix>/tile/} (C2SP tlog-tiles): {@code <level>/<index>} or
 * {@code entries/<index>}, the index in groups of three digits of which all but the last begin with
 * {@code x}, and {@code .p/<width>} behind it unless the tile is full.
 *
 * @param tile which one
 * @param width 1 to 256
 */
public record TilePath(TileId tile, int width) {
  private static final Pattern FORM =
      Pattern.compile(
          "(entries|0|[1-9][0-9]?)/((?:x[0-9]{3}/){0,5}[0-9]{3})(?:\\.p/([1-9][0-9]{0,2}))?");
  private static final int GROUP = 1000;

  /** Checks the width. */
  public TilePath {
    if (width < 1 || width > TileId.FULL_WIDTH) {
      throw new IllegalArgumentException("no such width");
    }
  }

  /** The path, with no slash in front. */
  public String text() {
    StringBuilder path = new StringBuilder(String.format("%03d", tile.index() % GROUP));
    for (long rest = tile.index() / GROUP; rest > 0; rest /= GROUP) {
      path.insert(0, String.format("x%03d/", rest % GROUP));
    }
    path.insert(0, tile.level() == TileId.ENTRIES ? "entries/" : tile.level() + "/");
    return width == TileId.FULL_WIDTH ? path.toString() : path + ".p/" + width;
  }

  /** Reads {@link #text}; empty for every text that it cannot have written. */
  public static Optional<TilePath> of(String text) {
    Matcher form = FORM.matcher(text);
    if (!form.matches()) {
      return Optional.empty();
    }
    String level = form.group(1);
    int width = form.group(3) == null ? TileId.FULL_WIDTH : Integer.parseInt(form.group(3));
    try {
      TileId tile =
          new TileId(
              level.equals("entries") ? TileId.ENTRIES : Integer.parseInt(level),
              Long.parseLong(form.group(2).replace("x", "").replace("/", "")));
      return Optional.of(new TilePath(tile, width)).filter(path -> path.text().equals(text));
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }
}
