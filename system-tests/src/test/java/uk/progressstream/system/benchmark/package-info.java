/**
 * Benchmarks: figures with median and spread against a limit or a peer of the same run. Not part of
 * the build; docs/BENCHMARKS.md says how to run one.
 */
@NullMarked
package uk.progressstream.system.benchmark;

import org.jspecify.annotations.NullMarked;
