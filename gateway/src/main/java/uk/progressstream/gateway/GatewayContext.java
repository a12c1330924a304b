package uk.progressstream.gateway;

import io.micrometer.core.instrument.MeterRegistry;
import io.vertx.core.http.HttpClient;
import java.util.List;

/**
 * What all exchanges share.
 *
 * @param client to the services
 * @param routes where they are
 * @param places what is left
 * @param settings how much there is
 * @param meters who counts
 */
record GatewayContext(
    HttpClient client,
    Routes routes,
    Places places,
    GatewaySettings settings,
    MeterRegistry meters) {

  void countRefusal(GatewayProblem problem) {
    meters.counter("ps.gateway.refused", "problem", problem.slug()).increment();
  }

  void countFailure(String service) {
    meters.counter("ps.gateway.failures", "service", service).increment();
  }

  List<Places.Share> work(String service, Caller caller) {
    PlaceSettings max = settings.places();
    return List.of(
        new Places.Share("work", max.work()),
        new Places.Share("work " + service, max.workPerService()),
        new Places.Share("work " + service + " of " + caller.address(), max.workPerAddress()),
        new Places.Share("work " + service + " by " + caller.account(), max.workPerAccount()));
  }

  List<Places.Share> uploads(Caller caller) {
    PlaceSettings max = settings.places();
    return List.of(
        new Places.Share("uploads", max.uploads()),
        new Places.Share("uploads of " + caller.address(), max.uploadsPerAddress()),
        new Places.Share("uploads by " + caller.account(), max.uploadsPerAccount()));
  }

  List<Places.Share> answers(String service, Caller caller) {
    PlaceSettings max = settings.places();
    return List.of(
        new Places.Share("answers", max.answers()),
        new Places.Share("answers " + service, max.answersPerService()),
        new Places.Share("answers of " + caller.address(), max.answersPerAddress()),
        new Places.Share("answers by " + caller.account(), max.answersPerAccount()));
  }

  Places.Share unfinished(Caller caller) {
    return new Places.Share(
        "unfinished of " + caller.address(), settings.places().unfinishedPerAddress());
  }

  List<Places.Share> bodyBytes(Caller caller) {
    PlaceSettings max = settings.places();
    return List.of(
        new Places.Share("body bytes", max.bodyBytes()),
        new Places.Share("body bytes of " + caller.address(), max.bodyBytesPerAddress()));
  }

  /**
   * Who has no room: everybody, or this caller alone.
   *
   * @param common how many of the shares are not the caller's own; they come first
   * @param more what was asked for
   */
  GatewayProblem full(List<Places.Share> shares, int common, int more) {
    return shares.stream()
            .limit(common)
            .anyMatch(share -> places.taken(share.name()) + more > share.max())
        ? GatewayProblem.OVERLOADED
        : GatewayProblem.TOO_MANY;
  }
}
