package uk.progressstream.provisioning.testing;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.common.http.TestHTTPResource;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpVersion;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URL;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.function.BiPredicate;
import java.util.function.Function;
import java.util.stream.Stream;
import org.eclipse.microprofile.config.ConfigProvider;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import uk.progressstream.provisioning.testing.RawClient.Answer;
import uk.progressstream.provisioning.testing.ServiceRoutes.Grpc;
import uk.progressstream.provisioning.testing.ServiceRoutes.Rest;

/**
 * What each peer's certificate opens in a running service: every route, as every peer, over both
 * versions of HTTP, with every media type that might make a difference. A service's test extends
 * this and says what its surroundings are.
 */
public abstract class PeerContract {
  private static final String GATEWAY = "gateway";
  private static final int FORBIDDEN = 403;
  private static final int UNSUPPORTED_MEDIA_TYPE = 415;
  private static final int GRPC_PERMISSION_DENIED = 7;
  private static final Buffer NOTHING = Buffer.buffer();
  private static final Buffer EMPTY_MESSAGE = Buffer.buffer(new byte[5]);
  private static final List<HttpVersion> VERSIONS =
      List.of(HttpVersion.HTTP_1_1, HttpVersion.HTTP_2);
  private static final List<List<String>> MEDIA_TYPES =
      List.of(
          List.of(),
          List.of("application/json"),
          List.of("application/grpc"),
          List.of("application/grpc+proto"),
          List.of("application/grpc-web"),
          List.of("Application/gRPC"),
          List.of("application/grpc; charset=utf-8"),
          List.of("application/json", "application/grpc"),
          List.of("application/grpc", "application/json"));

  @TestHTTPResource(value = "/", tls = true)
  URL service;

  private final Vertx vertx = Vertx.vertx();
  private TestKit kit;
  private ServiceRoutes routes;
  private String token;

  @BeforeEach
  void readRoutes() {
    kit = TestKit.current();
    routes = new ServiceRoutes(kit.service());
    token =
        kit.tokens()
            .mint(
                Tokens.schools(UUID.randomUUID(), Set.of(UUID.randomUUID()), permissions()),
                "admin");
  }

  @AfterEach
  void close() {
    vertx.close().toCompletionStage().toCompletableFuture().join();
  }

  /** What the token of each request permits. */
  protected String[] permissions() {
    return new String[] {kit.service() + ":read"};
  }

  @Test
  @DisplayName("A path of REST is the gateway's alone, whatever media type a service sends")
  void restIsTheGateways() throws Exception {
    assertThat(routes.rest().size() + routes.grpc().size()).isPositive();
    for (String peer : peers()) {
      for (HttpVersion version : VERSIONS) {
        assertThat(wrong(peer, version, this::rest)).as("%s over %s", peer, version).isEmpty();
      }
    }
  }

  @Test
  @DisplayName(
      "A method of gRPC is for the peers that it names, over HTTP/2, and not the gateway's")
  void grpcIsTheNamedPeers() throws Exception {
    for (String peer : peers()) {
      for (HttpVersion version : VERSIONS) {
        assertThat(wrong(peer, version, this::grpc)).as("%s over %s", peer, version).isEmpty();
      }
    }
  }

  @Test
  @DisplayName("No other way of writing a path opens it")
  void oddPaths() throws Exception {
    for (String peer : List.of("ingest", "stranger", GATEWAY)) {
      for (HttpVersion version : VERSIONS) {
        assertThat(wrong(peer, version, this::odd)).as("%s over %s", peer, version).isEmpty();
      }
    }
  }

  /** What is asked, and which answers to it are right. */
  private record Case(
      String method,
      String target,
      List<String> mediaTypes,
      Buffer body,
      BiPredicate<Answer, HttpVersion> right) {}

  private Stream<Case> rest(String peer) {
    Set<String> open = openPaths();
    return routes.rest().stream()
        .flatMap(
            route ->
                MEDIA_TYPES.stream()
                    .map(
                        types ->
                            new Case(
                                route.method(),
                                route.path(),
                                types,
                                NOTHING,
                                peer.equals(GATEWAY) || open.contains(route.path())
                                    ? (answer, version) -> isLetIn(answer, version, types)
                                    : (answer, version) -> answer.status() == FORBIDDEN)));
  }

  private static boolean isLetIn(Answer answer, HttpVersion version, List<String> mediaTypes) {
    boolean grpc = mediaTypes.stream().anyMatch(PeerContract::isOfGrpc);
    return version == HttpVersion.HTTP_2 && grpc
        ? answer.status() == UNSUPPORTED_MEDIA_TYPE && answer.grpcStatus() == -1
        : answer.status() != FORBIDDEN && answer.grpcStatus() == -1;
  }

  private Stream<Case> grpc(String peer) {
    return routes.grpc().stream()
        .flatMap(
            method ->
                MEDIA_TYPES.stream()
                    .map(
                        types ->
                            new Case(
                                "POST",
                                method.path(),
                                types,
                                EMPTY_MESSAGE,
                                (answer, version) ->
                                    isRight(method, peer, types, answer, version))));
  }

  private static boolean isRight(
      Grpc method, String peer, List<String> types, Answer answer, HttpVersion version) {
    if (version != HttpVersion.HTTP_2 || peer.equals(GATEWAY)) {
      return answer.status() == FORBIDDEN;
    }
    if (types.isEmpty() || !isOfGrpc(types.get(0))) {
      return answer.status() >= 400 && answer.grpcStatus() == -1;
    }
    boolean named = method.peers().contains(peer);
    boolean refused = answer.grpcStatus() == GRPC_PERMISSION_DENIED;
    return types.get(0).equals("application/grpc")
        ? named != refused && answer.status() == 200
        : !named ? refused || answer.status() >= 400 : !refused;
  }

  private Stream<Case> odd(String peer) {
    Stream<String> paths =
        Stream.concat(
            routes.rest().stream().limit(3).map(Rest::path),
            Stream.concat(openPaths().stream(), routes.grpc().stream().map(Grpc::path)));
    return paths
        .flatMap(PeerContract::oddFormsOf)
        .flatMap(
            target ->
                MEDIA_TYPES.stream()
                    .flatMap(
                        types ->
                            Stream.of("GET", "POST")
                                .map(
                                    method ->
                                        new Case(
                                            method,
                                            target,
                                            types,
                                            method.equals("GET") ? NOTHING : EMPTY_MESSAGE,
                                            (answer, version) -> isShut(answer, peer)))));
  }

  /** The gateway may learn that there is no such path; nobody's odd path reaches a method. */
  private static boolean isShut(Answer answer, String peer) {
    return answer.grpcStatus() == -1
        && (peer.equals(GATEWAY) || answer.status() == FORBIDDEN || answer.status() == 400);
  }

  private static Stream<String> oddFormsOf(String path) {
    String rest = path.substring(1);
    String encoded = "/%" + Integer.toHexString(rest.charAt(0)) + rest.substring(1);
    int slash = path.lastIndexOf('/');
    return Stream.of(
        "/" + path,
        "/." + path,
        "/x/.." + path,
        "/%2e" + path,
        encoded,
        path + "/",
        path + ";a=b",
        path + "%00",
        path.toUpperCase(Locale.ROOT),
        path.substring(0, slash) + "%2f" + path.substring(slash + 1),
        path.substring(0, slash) + "//" + path.substring(slash + 1),
        "https://localhost/" + path);
  }

  private List<String> wrong(String peer, HttpVersion version, Function<String, Stream<Case>> cases)
      throws Exception {
    try (RawClient client = new RawClient(vertx, service, kit, peer, version)) {
      List<Future<List<String>>> answers =
          cases.apply(peer).map(each -> outcome(client, version, peer, each)).toList();
      List<String> wrong = new ArrayList<>();
      for (Future<List<String>> answer : answers) {
        wrong.addAll(answer.toCompletionStage().toCompletableFuture().get(120, TimeUnit.SECONDS));
      }
      return wrong;
    }
  }

  private Future<List<String>> outcome(
      RawClient client, HttpVersion version, String peer, Case each) {
    List<Map.Entry<String, String>> headers = new ArrayList<>();
    if (!each.body().equals(NOTHING)) {
      headers.add(Map.entry("ps-access-token", token));
    } else if (!peer.equals(GATEWAY) || each.mediaTypes().isEmpty()) {
      // The gateway's requests do their work where they carry a token, and some of that takes long.
      headers.add(Map.entry("Authorization", "Bearer " + token));
    }
    headers.add(Map.entry("TE", "trailers"));
    each.mediaTypes().forEach(type -> headers.add(Map.entry("Content-Type", type)));
    return client
        .send(each.method(), each.target(), headers, each.body())
        .map(
            answer ->
                each.right().test(answer, version)
                    ? List.of()
                    : List.of(
                        "%s %s %s: %s"
                            .formatted(each.method(), each.target(), each.mediaTypes(), answer)));
  }

  private static boolean isOfGrpc(String mediaType) {
    return mediaType.toLowerCase(Locale.ROOT).startsWith("application/grpc");
  }

  private static Set<String> openPaths() {
    return ConfigProvider.getConfig()
        .getOptionalValues("ps.peer.open-paths", String.class)
        .map(Set::copyOf)
        .orElse(Set.of());
  }

  /** All that there are, some that there are not, and names that look like the gateway's. */
  private static Set<String> peers() {
    Properties names = new Properties();
    try (InputStream in =
        Thread.currentThread().getContextClassLoader().getResourceAsStream("peers.properties")) {
      names.load(in);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    Set<String> peers = new TreeSet<>(names.stringPropertyNames());
    peers.addAll(Set.of("stranger", "Gateway", "gateway.ingest"));
    return peers;
  }
}
