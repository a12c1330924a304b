package uk.progressstream.local.sample;

import java.util.List;

/**
 * A pupil of a sample school: real grades and circumstances, invented enrollment_id and postcode.
 *
 * @param enrollmentId such as {@code GP-P0001}
 * @param schoolClass the one class
 * @param postcode of a real form
 * @param grades of the periods G1, G2 and G3, 0 to 20
 * @param sensitive the values of the sensitive file after the id, in its order
 */
public record SamplePupil(
    String enrollmentId,
    SampleClass schoolClass,
    String postcode,
    List<String> grades,
    List<String> sensitive) {}
