package uk.progressstream.audit.intake;

import com.google.protobuf.ByteString;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jboss.logging.Logger;
import uk.progressstream.contracts.events.DeadLetter;
import uk.progressstream.contracts.events.ReceiptsReply;
import uk.progressstream.platform.problem.Problem;
import uk.progressstream.transport.SubscriptionHandler;
import uk.progressstream.transport.TlsConfig;
import uk.progressstream.transport.signature.EventVerifier;
import uk.progressstream.transport.signature.UnprovenEventException;
import uk.progressstream.transport.signature.VerifiedEvent;

/**
 * Takes what a broker brings: proves who wrote it, appends it, and sorts out what does not fit. A
 * broker is no peer, so nothing that a message merely says is believed.
 */
@ApplicationScoped
public class SubscribedEvents implements SubscriptionHandler {
  /** In metrics, whoever did not prove a name. */
  private static final String NOBODY = "unproven";

  private static final String NUMBER_TAKEN = "number-taken";
  private static final int CONFLICT = 409;
  private static final Duration DATABASE_MAX = Duration.ofSeconds(20);
  private static final Logger LOG = Logger.getLogger(SubscribedEvents.class);

  private final IntakeService service;
  private final EventAdmission admission;
  private final EventVerifier verifier;

  SubscribedEvents(IntakeService service, EventAdmission admission, TlsConfig tls) {
    this.service = service;
    this.admission = admission;
    this.verifier = EventVerifier.of(tls.ca(), Sources.NAMES);
  }

  @Override
  public List<DeadLetter> handle(List<ByteString> messages) {
    List<DeadLetter> dead = new ArrayList<>();
    Map<String, List<IncomingEvent>> bySource = new LinkedHashMap<>();
    for (ByteString message : messages) {
      read(message, bySource, dead);
    }
    bySource.forEach((source, events) -> append(source, inOrder(events), dead));
    return dead;
  }

  private void read(
      ByteString message, Map<String, List<IncomingEvent>> bySource, List<DeadLetter> dead) {
    String source = "";
    try {
      VerifiedEvent verified = verifier.open(message);
      source = verified.source();
      IncomingEvent event = admission.admit(source, verified.event());
      if (event.refusedBy().isPresent()) {
        dead.add(letter(source, event, event.refusedBy().get()));
      }
      bySource.computeIfAbsent(source, key -> new ArrayList<>()).add(event);
    } catch (UnprovenEventException e) {
      admission.count(NOBODY, e.rule());
      LOG.warnf("a message does not prove who wrote it: rule %s", e.rule());
      dead.add(DeadLetter.newBuilder().setRule(e.rule()).build());
    } catch (RefusedEventException e) {
      LOG.warnf("an event cannot even be noted: source %s, rule %s", source, e.rule());
      dead.add(DeadLetter.newBuilder().setSource(source).setRule(e.rule()).build());
    }
  }

  /** What came too early may stand in one batch with what it lacked, which was sent later. */
  private static List<IncomingEvent> inOrder(List<IncomingEvent> events) {
    return events.stream()
        .sorted(
            Comparator.comparing(IncomingEvent::school).thenComparingLong(IncomingEvent::sequence))
        .toList();
  }

  /** All together, or where that does not fit, in halves, so that one cannot hold up the rest. */
  private void append(String source, List<IncomingEvent> events, List<DeadLetter> dead) {
    try {
      service.append(source, events).await().atMost(DATABASE_MAX);
      admission.countDelivered(source, events.size());
    } catch (Problem problem) {
      if (problem.status() != CONFLICT) {
        throw problem;
      }
      if (events.size() == 1) {
        leaveOut(source, events.get(0), dead);
        return;
      }
      int half = events.size() / 2;
      append(source, events.subList(0, half), dead);
      append(source, events.subList(half, events.size()), dead);
    }
  }

  /**
   * One that comes too early is dropped: its row is in its source's outbox, since it has no
   * receipt, and comes again behind what it needs. Another in its place is none of ours.
   */
  private void leaveOut(String source, IncomingEvent event, List<DeadLetter> dead) {
    ReceiptsReply answer =
        service.receipts(source, List.of(IntakeService.key(event))).await().atMost(DATABASE_MAX);
    if (answer.getMissingList().stream().anyMatch(next -> next.getFrom() > event.sequence())) {
      admission.count(source, NUMBER_TAKEN);
      LOG.warnf(
          "an event has another's number: source %s, school %s, number %d",
          source, event.school(), (Object) event.sequence());
      dead.add(letter(source, event, NUMBER_TAKEN));
    }
  }

  private static DeadLetter letter(String source, IncomingEvent event, String rule) {
    return DeadLetter.newBuilder()
        .setSource(source)
        .setEventId(event.id().toString())
        .setSchool(event.school().toString())
        .setSequence(event.sequence())
        .setRule(rule)
        .build();
  }
}
