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
        Places.Share.ofAll("work", max.work()),
        Places.Share.ofAll("work " + service, max.workPerService()),
        Places.Share.ofCaller("work of " + caller.address(), (max.work() + 1) / 2),
        Places.Share.ofCaller("work " + service + " of " + caller.address(), max.workPerAddress()),
        Places.Share.ofCaller("work " + service + " by " + caller.account(), max.workPerAccount()));
  }

  List<Places.Share> uploads(Caller caller) {
    PlaceSettings max = settings.places();
    return List.of(
        Places.Share.ofAll("uploads", max.uploads()),
        Places.Share.ofCaller("uploads of " + caller.address(), max.uploadsPerAddress()),
        Places.Share.ofCaller("uploads by " + caller.account(), max.uploadsPerAccount()));
  }

  List<Places.Share> answers(String service, Caller caller) {
    PlaceSettings max = settings.places();
    return List.of(
        Places.Share.ofAll("answers", max.answers()),
        Places.Share.ofAll("answers " + service, max.answersPerService()),
        Places.Share.ofCaller("answers of " + caller.address(), max.answersPerAddress()),
        Places.Share.ofCaller("answers by " + caller.account(), max.answersPerAccount()));
  }

  /** Of the address first, then of all, which has no maximum of its own. */
  List<Places.Share> unfinished(String address) {
    return List.of(
        Places.Share.ofCaller("unfinished of " + address, settings.places().unfinishedPerAddress()),
        Places.Share.ofAll("unfinished", Integer.MAX_VALUE));
  }

  List<Places.Share> bodyBytes(String address) {
    return bodyBytes(settings.places(), address);
  }

  static List<Places.Share> bodyBytes(PlaceSettings max, String address) {
    return List.of(
        Places.Share.ofAll("body bytes", max.bodyBytes()),
        Places.Share.ofCaller("body bytes of " + address, max.bodyBytesPerAddress()));
  }

  /**
   * Who has no room: everybody, or this caller alone.
   *
   * @param more what was asked for
   */
  GatewayProblem full(List<Places.Share> shares, int more) {
    return shares.stream()
            .filter(Places.Share::common)
            .anyMatch(share -> places.taken(share.name()) + more > share.max())
        ? GatewayProblem.OVERLOADED
        : GatewayProblem.TOO_MANY;
  }
}
