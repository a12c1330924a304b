package uk.progressstream.system.document;

import java.util.Map;

/**
 * An example with ids of a running system, without its caller.
 *
 * @param method of HTTP
 * @param target path and query
 * @param headers with the Content-Type, where there is a body
 * @param body the empty text where there is none
 */
public record Prepared(String method, String target, Map<String, String> headers, String body) {}
