package uk.progressstream.audit.cosigning;

import io.smallrye.config.ConfigMapping;
import java.nio.file.Path;

/** Whom this log asks to witness it. */
@ConfigMapping(prefix = "ps.audit.witness")
public interface CosigningConfig {
  /**
   * File with the witnesses and how many of them must have cosigned (C2SP tlog-policy); witnesses
   * without a URL are not asked. {@code quorum none} is a log without witnesses.
   */
  Path policy();
}
