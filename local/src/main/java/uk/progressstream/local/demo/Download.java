package uk.progressstream.local.demo;

import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.InputStream;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import uk.progressstream.local.client.ApiClient;
import uk.progressstream.local.issuer.SampleAccount;

/** A download leaves its record first. */
final class Download implements Chapter {
  private static final int OK = 200;

  @Override
  public String title() {
    return "gp-teacher downloads; gp-admin sees who, what, when and checks the proof";
  }

  @Override
  public String clauses() {
    return "D14";
  }

  @Override
  public String tell(World world) throws IOException {
    ApiClient teacher = world.as(SampleAccount.GP_TEACHER);
    ApiClient admin = world.as(SampleAccount.GP_ADMIN);
    HttpResponse<InputStream> download = teacher.download("/grades/v1/grades/export");
    World.check(download.statusCode() == OK, "the download answered " + download.statusCode());
    String record = download.headers().firstValue("Audit-Record").orElse("");
    JsonObject seen = admin.get("/audit/v1/records/" + record).require(OK).json();
    long bytes;
    try (InputStream body = download.body()) {
      bytes = body.readAllBytes().length;
    }
    String account = teacher.get("/identity/v1/me").require(OK).json().getString("account");
    World.check(
        account.equals(seen.getJsonObject("who").getString("account")), "the record names another");
    World.check(seen.getString("when") != null, "the record does not say when");
    String proof = admin.get("/audit/v1/records/" + record + "/proof").require(OK).body();
    String verdict = verify(world, proof);
    return "record %d was in the log before the first of %d bytes; %s"
        .formatted(seen.getLong("leafIndex"), bytes, verdict);
  }

  private static String verify(World world, String proof) throws IOException {
    String key = world.signIn().gateway().get("/audit/v1/key").require(OK).body().strip();
    LogVerifier verifier = new LogVerifier(world.checkout());
    Path genuine = Files.createTempFile("progress-stream-proof", ".txt");
    try {
      Files.writeString(genuine, proof);
      World.check(verifier.accepts(key, genuine), "the log's proof does not hold");
      Files.writeString(genuine, altered(proof));
      World.check(!verifier.accepts(key, genuine), "an altered record passed for genuine");
      World.check(
          verifier.acceptsWholeLog(key, world.run()), "the log's tiles do not fit its checkpoint");
    } finally {
      Files.delete(genuine);
    }
    return "proof and whole log verified, an altered record noticed";
  }

  /** Changes one character of what the proof says about the record. */
  private static String altered(String proof) {
    byte[] text = proof.getBytes(StandardCharsets.UTF_8);
    int place = proof.indexOf("extra ") + 40;
    text[place] = (byte) (text[place] == 'A' ? 'B' : 'A');
    return new String(text, StandardCharsets.UTF_8);
  }
}
