package uk.progressstream.identity.invitation;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonObject;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.UUID;
import uk.progressstream.identity.testing.Gateway;
import uk.progressstream.identity.testing.Person;
import uk.progressstream.identity.testing.SampleSchool;

/** Invites people who belong somewhere already, and does for them what they do about it. */
final class Invited {
  private final Gateway gateway;

  Invited(Gateway gateway) {
    this.gateway = gateway;
  }

  /** Invites; gives the invitation's id. */
  UUID by(SampleSchool school, Person person, String role) {
    HttpResponse<String> answer =
        gateway.post(
            "/schools/" + school.id() + "/invitations",
            school.adminToken(),
            person.invitation(role));
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(201);
    return UUID.fromString(new JsonObject(answer.body()).getString("id"));
  }

  /** What waits for the holder of a token. */
  List<JsonObject> waiting(String token) {
    return get("/me/invitations", token).getJsonArray("items").stream()
        .map(JsonObject.class::cast)
        .toList();
  }

  /** Accepts, and is answered like this. */
  JsonObject accept(String token, UUID invitation, int status) {
    HttpResponse<String> answer =
        gateway.send("POST", "/me/invitations/" + invitation + "/acceptance", token, "");
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
    return new JsonObject(answer.body());
  }

  /** The answer to a call that succeeds. */
  JsonObject get(String path, String token) {
    HttpResponse<String> answer = gateway.get(path, token);
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    return new JsonObject(answer.body());
  }
}
