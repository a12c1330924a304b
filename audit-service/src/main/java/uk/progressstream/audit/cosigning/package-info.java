/** Asks witnesses to cosign the tree (C2SP tlog-witness), and keeps what they sign. */
@NullMarked
package uk.progressstream.audit.cosigning;

import org.jspecify.annotations.NullMarked;
