package uk.progressstream.platform.edge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.smallrye.mutiny.Uni;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import java.io.InputStream;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.jboss.resteasy.reactive.RestHeader;
import org.jboss.resteasy.reactive.RestPath;
import org.jboss.resteasy.reactive.RestQuery;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class RoutesTest {
  private final Routes routes = new Routes(Stream.of(Things.class));

  @Test
  @DisplayName("a name goes before a parameter, and a parameter is one part of a path")
  void paths() {
    assertThat(templates("/v1/things/export")).containsExactly("/v1/things/export");
    assertThat(templates("/v1/things/7")).containsOnly("/v1/things/{thing}");
    assertThat(templates("/v1/things/7/parts/a/b"))
        .containsExactly("/v1/things/{thing}/parts/{part:.+}");
    assertThat(routes.at("/v1/things/7/8")).isEmpty();
    assertThat(routes.at("/v1/thing")).isEmpty();
  }

  @Test
  @DisplayName("what names no type speaks JSON; what has no body takes or gives none")
  void types() {
    Route add = only("/v1/things", "POST");
    assertThat(add.consumes()).containsExactly("application/json");
    assertThat(add.produces()).containsExactly("application/json");
    Route end = only("/v1/things/7", "DELETE");
    assertThat(end.consumes()).isEmpty();
    assertThat(end.produces()).isEmpty();
    Route send = only("/v1/things/7", "POST");
    assertThat(send.consumes()).containsExactly("text/csv");
    assertThat(send.streamed()).isTrue();
  }

  @Test
  @DisplayName("the parameters of the query are known by the names that callers use")
  void queried() {
    assertThat(only("/v1/things/7", "POST").queried()).isEmpty();
    assertThat(only("/v1/things", "POST").queried())
        .extracting(Route.Queried::name)
        .containsExactly("dryRun", "label", "max");
  }

  @Test
  @DisplayName("Allow names every method of a path, with HEAD where there is GET")
  void allow() {
    assertThat(Routes.allowed(routes.at("/v1/things"))).isEqualTo("OPTIONS, POST");
    assertThat(Routes.allowed(routes.at("/v1/things/export"))).isEqualTo("GET, HEAD, OPTIONS");
  }

  @Test
  @DisplayName("a parameter that cannot be absent is not taken: nobody would notice a wrong one")
  void primitives() {
    assertThatThrownBy(() -> new Routes(Stream.of(Switch.class)))
        .isInstanceOf(IllegalArgumentException.class);
  }

  private List<String> templates(String path) {
    return routes.at(path).stream().map(Route::template).toList();
  }

  private Route only(String path, String method) {
    return routes.at(path).stream()
        .filter(r -> r.method().equals(method))
        .findFirst()
        .orElseThrow();
  }

  @Path("/v1/switch")
  static final class Switch {
    @POST
    Uni<Void> turn(@RestQuery boolean on) {
      return on ? Uni.createFrom().voidItem() : Uni.createFrom().nothing();
    }
  }

  @Path("/v1/things")
  static final class Things {
    @POST
    Uni<String> add(
        @RestHeader("Idempotency-Key") String key,
        @RestQuery Boolean dryRun,
        @RestQuery String label,
        @RestQuery("max") Integer most,
        List<String> body) {
      return Uni.createFrom().item(key + dryRun + label + most + body);
    }

    @GET
    @Path("/export")
    @Produces("text/csv")
    String export() {
      return "";
    }

    @DELETE
    @Path("/{thing}")
    Uni<Void> end(@RestPath UUID thing) {
      return Uni.createFrom().voidItem();
    }

    @POST
    @Path("/{thing}")
    @Consumes("text/csv")
    String send(@RestPath UUID thing, InputStream body) {
      return thing.toString() + body;
    }

    @GET
    @Path("{thing}/parts/{part:.+}")
    String part(@RestPath UUID thing, @RestPath String part) {
      return thing + part;
    }
  }
}
