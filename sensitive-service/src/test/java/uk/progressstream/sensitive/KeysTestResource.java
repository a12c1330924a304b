package uk.progressstream.sensitive;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import uk.progressstream.provisioning.testing.ServiceTestResource;

/** The surroundings of this service, with a folder for its keys and a short memory for them. */
public class KeysTestResource extends ServiceTestResource {

  @Override
  public Map<String, String> start() {
    Map<String, String> config = new HashMap<>(super.start());
    Path kit = Path.of(config.get("ps.test.kit"));
    config.put("ps.keys.directory", kit.resolve("keys").toString());
    config.put("ps.keys.cache-lifetime", "PT1S");
    return config;
  }
}
