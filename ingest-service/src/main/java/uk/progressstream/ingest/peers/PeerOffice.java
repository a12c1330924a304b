package uk.progressstream.ingest.peers;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import uk.progressstream.ingest.kind.Entry;
import uk.progressstream.ingest.kind.FileKind;
import uk.progressstream.ingest.kind.SchoolClasses;
import uk.progressstream.ingest.run.BatchResult;
import uk.progressstream.ingest.run.UploadPeers;

/** Makes the peers of one upload out of the services that there are. */
@ApplicationScoped
public class PeerOffice {
  private final ClassDirectory directory;
  private final BatchIntake intake;

  PeerOffice(ClassDirectory directory, BatchIntake intake) {
    this.directory = directory;
    this.intake = intake;
  }

  /** The peers of an upload of this kind. */
  public UploadPeers of(FileKind kind, Destination to) {
    return new UploadPeers() {
      @Override
      public SchoolClasses classes() {
        return directory.classes(to.caller(), to.school());
      }

      @Override
      public BatchResult store(List<? extends Entry> batch, int idColumn) {
        return switch (kind) {
          case PUPILS -> intake.pupils(to, only(Entry.Pupil.class, batch));
          case GRADES -> intake.grades(to, only(Entry.Grade.class, batch));
          case SENSITIVE -> intake.sensitive(to, only(Entry.Sensitive.class, batch), idColumn);
        };
      }
    };
  }

  private static <T extends Entry> List<T> only(Class<T> type, List<? extends Entry> batch) {
    return batch.stream().map(type::cast).toList();
  }
}
