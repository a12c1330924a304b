package uk.progressstream.local.demo;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import uk.progressstream.local.Failure;
import uk.progressstream.local.client.ApiClient;
import uk.progressstream.local.client.SignIn;
import uk.progressstream.local.installation.Checkout;
import uk.progressstream.local.installation.RunFile;
import uk.progressstream.local.issuer.SampleAccount;
import uk.progressstream.local.sample.OnboardedSchool;

/** What the chapters pass on to one another. */
final class World {
  private final Checkout checkout;
  private final Path data;
  private final SignIn signIn;
  private final List<OnboardedSchool> schools = new ArrayList<>();
  private final List<String> refusedValues = new ArrayList<>();

  World(Checkout checkout, Path data) throws IOException {
    this.checkout = checkout;
    this.data = data;
    this.signIn = SignIn.at(RunFile.read(data));
  }

  Checkout checkout() {
    return checkout;
  }

  Path data() {
    return data;
  }

  /** Read anew: a service that was started again has another process. */
  RunFile run() throws IOException {
    return RunFile.read(data);
  }

  SignIn signIn() {
    return signIn;
  }

  ApiClient as(SampleAccount account) {
    return signIn.as(account);
  }

  void onboarded(OnboardedSchool school) {
    schools.add(school);
  }

  List<OnboardedSchool> schools() {
    return schools;
  }

  OnboardedSchool school(String code) {
    return schools.stream()
        .filter(school -> school.plan().code().equals(code))
        .findFirst()
        .orElseThrow(() -> new Failure("school " + code + " was not onboarded"));
  }

  /** Values that were refused, and must be nowhere. */
  List<String> refusedValues() {
    return refusedValues;
  }

  static void check(boolean holds, String otherwise) {
    if (!holds) {
      throw new Failure(otherwise);
    }
  }
}
