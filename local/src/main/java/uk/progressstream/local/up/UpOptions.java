package uk.progressstream.local.up;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * How to start.
 *
 * @param data directory to keep everything in; null for a temporary one
 * @param temporary whether that directory goes away when it stops
 * @param port of the gateway; 0 for a free one
 * @param prepare whether the processes make start archives for later starts
 */
public record UpOptions(@Nullable Path data, boolean temporary, int port, boolean prepare) {}
