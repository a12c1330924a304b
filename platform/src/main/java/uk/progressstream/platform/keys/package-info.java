/**
 * One tree of keys per school: a key-encryption key behind Tink's {@code KmsClient}, and under it
 * data keys per purpose, which a service keeps wrapped in its own database. Destroy the first and
 * nothing of that school can be read any more, backups included.
 */
@NullMarked
package uk.progressstream.platform.keys;

import org.jspecify.annotations.NullMarked;
