package uk.progressstream.identity.school;

import java.util.UUID;

/**
 * A school.
 *
 * @param urn its unique reference number in the register of schools
 */
public record School(UUID id, String name, String urn) {}
