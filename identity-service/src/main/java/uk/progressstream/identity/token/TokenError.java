package uk.progressstream.identity.token;

import com.fasterxml.jackson.annotation.JsonProperty;

/** An error answer (RFC 6749, section 5.2). */
record TokenError(String error, @JsonProperty("error_description") String description) {}
