package uk.progressstream.audit.erasure;

/**
 * Why a record is to be erased.
 *
 * @param reason {@code personal-data} (the record holds some by mistake), {@code data-subject} (its
 *     account's owner asked) or {@code court-order}
 */
public record ErasureRequest(String reason) {}
