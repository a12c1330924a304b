package uk.progressstream.log.verify;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import uk.progressstream.log.tree.NotVerifiedException;

/**
 * What a verification found, kept by the verifier and not by the log: {@code
 * {"checkpoint":"…","sequences":{"<school>/<source>":71}}}. With it the next one notices that the
 * newest records are gone, which leaves no hole.
 *
 * @param checkpoint the log's note
 * @param sequences last number by school and source
 */
record KeptResult(String checkpoint, Map<String, Long> sequences) {
  private static final ObjectMapper JSON = new ObjectMapper();

  /** Reads a file, if there is one yet. */
  static Optional<KeptResult> read(Path file) throws IOException {
    if (Files.notExists(file)) {
      return Optional.empty();
    }
    try {
      JsonNode json = JSON.readTree(Files.readString(file, StandardCharsets.UTF_8));
      Map<String, Long> sequences = new TreeMap<>();
      json.path("sequences")
          .properties()
          .forEach(each -> sequences.put(each.getKey(), each.getValue().asLong()));
      return Optional.of(new KeptResult(json.path("checkpoint").asText(), sequences));
    } catch (JacksonException e) {
      throw new IOException(file + " is not what a verification kept", e);
    }
  }

  /** This one after an earlier one: what that one knew of other schools is kept on. */
  KeptResult after(KeptResult earlier) {
    Map<String, Long> merged = new TreeMap<>(earlier.sequences);
    merged.putAll(sequences);
    return new KeptResult(checkpoint, merged);
  }

  /**
   * Checks that of each sequence that was complete before, nothing is gone from the end.
   *
   * @param now last numbers of a school's records, complete by themselves
   */
  void requireIn(Map<String, Long> now) {
    sequences.forEach(
        (sequence, before) -> {
          boolean sameSchool =
              now.keySet().stream().anyMatch(each -> school(each).equals(school(sequence)));
          long last = now.getOrDefault(sequence, 0L);
          if (sameSchool && last < before) {
            throw new NotVerifiedException(
                "the newest records of "
                    + sequence
                    + " are gone: "
                    + before
                    + " before, "
                    + last
                    + " now");
          }
        });
  }

  /** Replaces the file whole. */
  void write(Path file) throws IOException {
    ObjectNode json = JSON.createObjectNode().put("checkpoint", checkpoint);
    ObjectNode last = json.putObject("sequences");
    sequences.forEach(last::put);
    Path directory = file.toAbsolutePath().getParent();
    Path next = Files.createTempFile(directory, "kept", ".json");
    Files.writeString(next, json.toPrettyString() + "\n", StandardCharsets.UTF_8);
    Files.move(next, file, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
  }

  private static String school(String sequence) {
    return sequence.substring(0, Math.max(0, sequence.indexOf('/')));
  }
}
