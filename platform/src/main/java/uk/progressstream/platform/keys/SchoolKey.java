package uk.progressstream.platform.keys;

/** A data key of one school, ready for use and never printable. */
sealed interface SchoolKey permits FieldCipher, KeyedHash {}
