/**
 * The test kit: one real service's surroundings (database, certificates, token keys) and the
 * row-security test that is generated from the catalogue.
 */
@NullMarked
package uk.progressstream.provisioning.testing;

import org.jspecify.annotations.NullMarked;
