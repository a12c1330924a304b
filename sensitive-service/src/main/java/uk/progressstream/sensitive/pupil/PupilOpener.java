package uk.progressstream.sensitive.pupil;

import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import uk.progressstream.platform.keys.FieldCipher;
import uk.progressstream.platform.keys.SchoolKeys;
import uk.progressstream.platform.problem.Problem;
import uk.progressstream.platform.scope.SealedScope;

/** Opens what row security has let through. */
@ApplicationScoped
public class PupilOpener {
  private static final int RETRY_AFTER_SECONDS = 60;

  private final SchoolKeys keys;

  PupilOpener(SchoolKeys keys) {
    this.keys = keys;
  }

  /**
   * Fetches the wrapped keys of every school in scope, so that a stream that holds a connection
   * need not wait for another.
   */
  Uni<Void> prepare(SealedScope scope) {
    return ciphers(scope, scope.scope().anySchools()).replaceWithVoid();
  }

  /** The rows with their fields; fails with 503 for a school whose key is gone. */
  Uni<List<Pupil>> open(SealedScope scope, List<SealedPupil> rows) {
    Set<UUID> schools = rows.stream().map(SealedPupil::school).collect(Collectors.toSet());
    return ciphers(scope, schools)
        .map(ciphers -> rows.stream().map(row -> open(row, ciphers)).toList());
  }

  private Uni<Map<UUID, FieldCipher>> ciphers(SealedScope scope, Set<UUID> schools) {
    return keys.ciphers(scope, schools, RecordKey.FIELDS);
  }

  private static Pupil open(SealedPupil row, Map<UUID, FieldCipher> ciphers) {
    FieldCipher cipher = ciphers.get(row.school());
    if (cipher == null) {
      throw Problem.unavailable(RETRY_AFTER_SECONDS);
    }
    return Pupil.of(row, RecordKey.open(cipher, row.psId(), row.fieldsSealed()));
  }
}
