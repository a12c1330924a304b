package uk.progressstream.local.sample;

/**
 * A class of a sample school.
 *
 * @param code what uploads call it, such as {@code POR-Y11}
 * @param subject {@code Portuguese} or {@code Mathematics}
 * @param yearGroup {@code Y10} to {@code Y13}
 */
public record SampleClass(String code, String subject, String yearGroup) {}
