package uk.progressstream.breach.scope;

import java.util.List;
import java.util.UUID;
import uk.progressstream.breach.clock.Completion;

/**
 * The answer to a confirmation.
 *
 * @param schools all schools that are confirmed as affected by now
 * @param completion the step {@code scope}, which the first confirmation completed
 */
public record ConfirmedScope(List<UUID> schools, Completion completion) {}
