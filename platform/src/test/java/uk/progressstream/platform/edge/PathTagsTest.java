package uk.progressstream.platform.edge;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.Tags;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PathTagsTest {
  private final PathTags tags = new PathTags(new Routes(Stream.of(Things.class)));

  @Path("/things/v1/things")
  static class Things {
    @GET
    @Path("/{thing}")
    public String thing() {
      return "";
    }
  }

  @ParameterizedTest
  @CsvSource({
    "http.server.requests, /things/v1/things/Jane, /things/v1/things/{thing}",
    "http.server.requests, /things/v1/things/{thing}, /things/v1/things/{thing}",
    "http.server.requests, /things/v1/things/{Jane}, /things/v1/things/{thing}",
    "http.server.requests, /elsewhere/Jane, OTHER",
    "http.server.requests, NOT_FOUND, NOT_FOUND",
    "http.server.requests, /progressstream.events.v1.EventSink/Deliver, /progressstream.events.v1.EventSink/Deliver",
    "http.server.requests, /progressstream.events.v1.EventSink/Jane-Doe, OTHER",
    "http.client.requests, /elsewhere/of/ours, /elsewhere/of/ours"
  })
  @DisplayName("A path is counted under the template of its route, or under OTHER")
  void templates(String meter, String path, String expected) {
    Meter.Id id =
        new Meter.Id(meter, Tags.of("method", "GET", "uri", path), null, null, Meter.Type.TIMER);

    assertThat(tags.map(id).getTag("uri")).isEqualTo(expected);
    assertThat(tags.map(id).getTag("method")).isEqualTo("GET");
  }
}
