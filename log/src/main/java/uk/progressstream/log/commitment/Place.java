package uk.progressstream.log.commitment;

import com.fasterxml.jackson.databind.JsonNode;
import uk.progressstream.log.tree.NotVerifiedException;

/**
 * Which record of which service about which school.
 *
 * @param id of the record
 * @param school that it concerns
 * @param source service that wrote it
 * @param sequence gapless per source and school, from 1
 */
public record Place(String id, String school, String source, long sequence) {

  /**
   * Reads it out of a record.
   *
   * @throws NotVerifiedException if one of the four is missing
   */
  static Place of(JsonNode json) {
    JsonNode sequence = json.path("sequence");
    if (!json.path("id").isTextual()
        || !json.path("school").isTextual()
        || !json.path("source").isTextual()
        || !sequence.isIntegralNumber()
        || sequence.longValue() < 1) {
      throw new NotVerifiedException("a record without id, school, source or sequence");
    }
    return new Place(
        json.path("id").textValue(),
        json.path("school").textValue(),
        json.path("source").textValue(),
        sequence.longValue());
  }
}
