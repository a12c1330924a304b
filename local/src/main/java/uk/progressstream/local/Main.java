package uk.progressstream.local;

import java.io.IOException;
import java.nio.file.FileSystemException;
import java.util.Locale;
import picocli.CommandLine;
import uk.progressstream.local.command.DemoCommand;
import uk.progressstream.local.command.PrepareCommand;
import uk.progressstream.local.command.ProveCommand;
import uk.progressstream.local.command.StatusCommand;
import uk.progressstream.local.command.StopCommand;
import uk.progressstream.local.command.TokenCommand;
import uk.progressstream.local.command.UpCommand;
import uk.progressstream.local.command.VerifyLogCommand;

/** The {@code progress-stream} command. */
@CommandLine.Command(
    name = "./progress-stream",
    description =
        "Runs Progress Stream on this machine: seven services, PostgreSQL, two sign-in issuers and the gateway.",
    synopsisSubcommandLabel = "COMMAND",
    subcommands = {
      DemoCommand.class,
      UpCommand.class,
      TokenCommand.class,
      StatusCommand.class,
      StopCommand.class,
      ProveCommand.class,
      VerifyLogCommand.class,
      PrepareCommand.class,
      CommandLine.HelpCommand.class
    })
public final class Main {
  private static final int FAILED = 1;

  private Main() {}

  /** Runs one command and ends the process with its exit code. */
  public static void main(String[] arguments) {
    String[] given = arguments.length == 0 ? new String[] {"help"} : arguments;
    CommandLine commandLine = new CommandLine(new Main());
    commandLine.setExecutionExceptionHandler((e, command, result) -> report(e));
    System.exit(commandLine.execute(given));
  }

  private static int report(Exception e) {
    System.err.println("progress-stream: " + oneLine(e));
    if (System.getenv("PS_VERBOSE") != null) {
      e.printStackTrace();
    }
    return FAILED;
  }

  private static String oneLine(Throwable e) {
    for (Throwable cause = e; cause != null; cause = cause.getCause()) {
      String message = String.valueOf(cause.getMessage()).toLowerCase(Locale.ROOT);
      if (message.contains("no space left on device")) {
        return "the disk is full";
      }
    }
    if (e instanceof FileSystemException trouble) {
      return trouble.getFile() + ": " + FileTrouble.reason(trouble);
    }
    String message = String.valueOf(e.getMessage()).lines().findFirst().orElse("");
    return e instanceof Failure || e instanceof IOException
        ? message
        : e.getClass().getSimpleName() + ": " + message;
  }
}
