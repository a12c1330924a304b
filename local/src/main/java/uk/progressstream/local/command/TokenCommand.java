package uk.progressstream.local.command;

import java.io.IOException;
import java.util.Iterator;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import uk.progressstream.local.client.SignIn;
import uk.progressstream.local.issuer.SampleAccount;

/** An access token on standard output. */
@Command(
    name = "token",
    mixinStandardHelpOptions = true,
    description = "Prints an access token of a sample account, good for five minutes.")
public final class TokenCommand implements Callable<Integer> {
  @Parameters(
      paramLabel = "NAME",
      description = "one of: ${COMPLETION-CANDIDATES}",
      completionCandidates = Names.class)
  private String name = "";

  @Option(
      names = "--scope",
      paramLabel = "SCOPE",
      description = "narrows it: permissions, school:<id>, role:<role>",
      defaultValue = "")
  private String scope = "";

  @Option(names = "--id-token", description = "prints the issuer's ID token instead")
  private boolean idToken;

  @Mixin private final DataOption data = new DataOption();

  @Override
  public Integer call() throws IOException {
    SampleAccount account = SampleAccount.named(name);
    SignIn signIn = SignIn.at(data.run());
    System.out.println(idToken ? signIn.idToken(account) : signIn.accessToken(account, scope));
    return 0;
  }

  static final class Names implements Iterable<String> {
    @Override
    public Iterator<String> iterator() {
      return SampleAccount.labels().iterator();
    }
  }
}
