package uk.progressstream.platform.edge;

import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.Tag;
import io.micrometer.core.instrument.config.MeterFilter;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.regex.Pattern;

/**
 * Keeps what people write in a path out of metrics: a request is counted under the template of its
 * route. The framework knows the template only of requests that reach their resource, and uses the
 * path itself for those that are refused before.
 */
@Singleton
public class PathTags implements MeterFilter {
  private static final String URI = "uri";
  private static final String OTHER = "OTHER";

  /** A method of gRPC, which only our own services can call, or a word of the framework. */
  private static final Pattern NO_PATH =
      Pattern.compile("/progressstream\\.[a-z]+\\.v\\d+\\.\\w+/\\w+|[A-Z_]+|root");

  private final Routes routes;

  PathTags(Routes routes) {
    this.routes = routes;
  }

  @Override
  public Meter.Id map(Meter.Id id) {
    String path = id.getTag(URI);
    return path != null && id.getName().startsWith("http.server.")
        ? id.replaceTags(tags(id, tag(path)))
        : id;
  }

  private static List<Tag> tags(Meter.Id id, String path) {
    return id.getTags().stream()
        .map(tag -> tag.getKey().equals(URI) ? Tag.of(URI, path) : tag)
        .toList();
  }

  private String tag(String path) {
    if (NO_PATH.matcher(path).matches()) {
      return path;
    }
    List<Route> here = routes.at(path);
    return here.isEmpty() ? OTHER : here.get(0).template();
  }
}
