package uk.progressstream.ingest.upload;

import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;
import uk.progressstream.ingest.csv.BoundedBytes;
import uk.progressstream.ingest.csv.CsvLimits;
import uk.progressstream.ingest.csv.Pace;
import uk.progressstream.ingest.csv.PacedBody;
import uk.progressstream.ingest.finding.ProblemCode;
import uk.progressstream.ingest.peers.Destination;
import uk.progressstream.ingest.peers.PeerOffice;
import uk.progressstream.ingest.run.Pulse;
import uk.progressstream.ingest.run.RunLimits;
import uk.progressstream.ingest.run.UploadJournal;
import uk.progressstream.ingest.run.UploadPeers;
import uk.progressstream.ingest.run.UploadRun;
import uk.progressstream.ingest.upload.UploadPlaces.Place;
import uk.progressstream.platform.access.Caller;
import uk.progressstream.platform.problem.Problem;

/**
 * Receives files, each on the worker thread of its request: the file is read as it arrives and
 * never kept, so the request lasts as long as the upload does.
 */
@ApplicationScoped
public class UploadReceiver {
  private static final Logger LOG = Logger.getLogger(UploadReceiver.class);
  private static final Duration ANSWER_WITHIN = Duration.ofSeconds(15);
  private static final int RETRY_AFTER_SECONDS = 15;
  private static final int TOO_SLOW = 408;

  private final UploadRecords records;
  private final PeerOffice peers;
  private final UploadSettings settings;
  private final UploadPlaces places;
  private final Pace pace;

  UploadReceiver(UploadRecords records, PeerOffice peers, UploadSettings settings) {
    this.records = records;
    this.peers = peers;
    this.settings = settings;
    this.places = new UploadPlaces(settings.atOnceMax(), settings.atOncePerSchoolMax());
    this.pace = new Pace(settings.bytesPerSecondMin(), settings.paceWindow());
  }

  /**
   * Refuses a body by its headers, before a byte of it is read.
   *
   * @throws Problem 413 where it is known to be too large
   */
  void check(@Nullable Long bytes) {
    if (bytes != null && bytes > settings.bytesMax()) {
      throw tooLarge();
    }
  }

  /**
   * Reads a body to its end; blocks.
   *
   * @return the upload as it ended, or the one that was sent before under the same idempotency key
   * @throws Problem 404 for a school out of scope, 422 for a key that was used for another kind or
   *     a dry run, 429 where the school has all the places that it may have, 503 where too many
   *     uploads run already, 408 where the body came too slowly
   */
  Upload receive(Caller caller, UploadRequest request, InputStream body) {
    if (!caller.scope().scope().coversSchool(request.school())) {
      throw Problem.notFound();
    }
    try (Place taken = places.take(request.school(), request.kind())) {
      return receiveInPlace(new UploadTicket(UUID.randomUUID(), caller, request), body);
    }
  }

  private Upload receiveInPlace(UploadTicket ticket, InputStream unpaced) {
    Pulse pulse = new Pulse(Clock.systemUTC(), ticket.caller().scope().scope().expiresAt());
    InputStream body = new PacedBody(unpaced, pace, System::nanoTime, pulse::scopeOver);
    Optional<Upload> earlier = records.begin(ticket).await().atMost(ANSWER_WITHIN);
    if (earlier.isPresent()) {
      refuseOtherRequest(earlier.get(), ticket.request());
      drain(body, settings.bytesMax());
      return earlier.get();
    }
    run(ticket, body, pulse);
    drain(body, settings.bytesMax());
    return records.find(ticket.caller(), ticket.id()).await().atMost(ANSWER_WITHIN);
  }

  private void run(UploadTicket ticket, InputStream body, Pulse pulse) {
    UploadJournal journal =
        (state, counts, findings) ->
            records.write(ticket, state, counts, findings).await().atMost(ANSWER_WITHIN);
    UploadRun run = uploadRun(ticket, body, journal, pulse);
    try {
      run.run();
    } catch (RuntimeException unwritten) {
      // The database takes no last word; once this upload has been silent for long enough it shows
      // as failed.
      LOG.errorf(
          "no end was written of upload %s: %s", ticket.id(), unwritten.getClass().getName());
      throw Problem.unavailable(RETRY_AFTER_SECONDS);
    }
    if (run.stoppedBy() == ProblemCode.FILE_TOO_LARGE) {
      throw tooLarge();
    }
    if (run.stoppedBy() == ProblemCode.TOO_SLOW) {
      throw new Problem(TOO_SLOW, "too-slow", "Too slow", ProblemCode.TOO_SLOW.hint());
    }
  }

  private UploadRun uploadRun(
      UploadTicket ticket, InputStream body, UploadJournal journal, Pulse pulse) {
    UploadRequest request = ticket.request();
    UploadPeers office =
        peers.of(
            request.kind(),
            new Destination(ticket.caller(), request.school(), ticket.id(), request.dryRun()));
    CsvLimits csv = CsvLimits.DEFAULT.with(settings.bytesMax(), settings.rowsMax());
    return new UploadRun(
        request.kind(), body, new RunLimits(csv, settings.problemsMax()), office, journal, pulse);
  }

  private static void refuseOtherRequest(Upload earlier, UploadRequest request) {
    if (!earlier.kind().equals(request.kind().slug()) || earlier.dryRun() != request.dryRun()) {
      throw new Problem(
          422,
          "idempotency-key-reused",
          "Idempotency key used before",
          "This Idempotency-Key belongs to another upload. Send a new one.");
    }
  }

  private static Problem tooLarge() {
    return Problem.tooLarge("The file is larger than one upload may be. Split it.");
  }

  private static void drain(InputStream body, long bytesMax) {
    try {
      new BoundedBytes(body, bytesMax).transferTo(OutputStream.nullOutputStream());
    } catch (IOException gone) {
      LOG.debug("the sender left, or was left, before the end of its file");
    }
  }
}
