package uk.progressstream.ingest.upload;

import io.quarkus.test.common.http.TestHTTPResource;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.URL;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import uk.progressstream.provisioning.testing.ServiceClient;
import uk.progressstream.provisioning.testing.TestKit;
import uk.progressstream.provisioning.testing.Tokens;

/**
 * What tests of uploads have in common: a school, its sender, the peers, and the outside of the
 * service.
 */
abstract class UploadTest {
  static final String UPLOADS = "/ingest/v1/uploads";
  static final String GRADES_HEADER =
      "enrollment_id,class,subject,qualification,period,kind,grade\n";
  static final String GRADE = "A17,10A/Ma1,Mathematics,0-20,G1,historical,14\n";

  @TestHTTPResource(value = "/", tls = true)
  URL service;

  final UUID school = UUID.randomUUID();
  TestKit kit;
  ServiceClient gateway;
  PeerServer peers;
  String sender;

  @BeforeEach
  void startPeers() throws IOException {
    kit = TestKit.current();
    gateway = new ServiceClient(service, kit.tlsOf("gateway"));
    peers = new PeerServer(kit);
    sender =
        token("uploads:read", "uploads:write", "grades:write", "sensitive:write", "vault:write");
  }

  @AfterEach
  void stopPeers() throws InterruptedException {
    peers.close();
  }

  String token(String... permissions) {
    return kit.tokens()
        .mint(Tokens.schools(UUID.randomUUID(), Set.of(school), permissions), "partner-system");
  }

  HttpResponse<String> send(String kind, String csv) {
    return gateway.send(upload("&kind=" + kind, HttpRequest.BodyPublishers.ofString(csv)));
  }

  HttpRequest.Builder upload(String query, HttpRequest.BodyPublisher body) {
    return gateway
        .request(UPLOADS + "?school=" + school + query, sender)
        .header("Content-Type", "text/csv")
        .POST(body);
  }

  JsonObject sent(String kind, String csv) {
    return new JsonObject(send(kind, csv).body());
  }

  List<JsonObject> problems(JsonObject upload) {
    String path = UPLOADS + "/" + upload.getString("id") + "/problems";
    return new JsonObject(gateway.get(path, sender).body())
        .getJsonArray("items").stream().map(JsonObject.class::cast).toList();
  }
}
