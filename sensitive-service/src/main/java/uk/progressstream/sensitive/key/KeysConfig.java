package uk.progressstream.sensitive.key;

import io.smallrye.config.ConfigMapping;
import uk.progressstream.platform.keys.KeySettings;

/** Where this service's keys are. */
@ConfigMapping(prefix = "ps.keys")
public interface KeysConfig extends KeySettings {}
