package uk.progressstream.ingest.upload;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tag;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.time.Instant;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
@WithTestResource(IngestTestResource.class)
class MetricTagsTest extends UploadTest {
  private static final String NAME = "Jane-Doe-SW1A1AA";

  @Inject MeterRegistry meters;

  @ParameterizedTest
  @ValueSource(
      strings = {
        UPLOADS + "/" + NAME + "?x=1",
        UPLOADS + "/" + NAME + "/problems?x=1",
        UPLOADS + "/" + NAME,
        "/ingest/v1/" + NAME,
        "/progressstream.ingest.v1.Uploads/" + NAME
      })
  @DisplayName("What somebody writes in a path is in no metric, however the request is refused")
  void pathsAreInNoMetric(String path) throws Exception {
    long before = counted();
    assertThat(gateway.get(path, sender).statusCode()).isGreaterThanOrEqualTo(400);

    awaitCounted(before);
    assertThat(paths()).noneMatch(tag -> tag.contains(NAME));
  }

  /** A request is counted after its answer is on its way. */
  private void awaitCounted(long before) throws InterruptedException {
    Instant end = Instant.now().plusSeconds(20);
    while (counted() == before) {
      assertThat(Instant.now()).as("counted").isBefore(end);
      Thread.sleep(20);
    }
  }

  private long counted() {
    return meters.find("http.server.requests").timers().stream()
        .mapToLong(timer -> timer.count())
        .sum();
  }

  private Set<String> paths() {
    return meters.getMeters().stream()
        .flatMap(meter -> meter.getId().getTags().stream())
        .map(Tag::getValue)
        .collect(Collectors.toSet());
  }
}
