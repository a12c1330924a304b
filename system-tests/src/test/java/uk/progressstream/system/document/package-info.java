/** The examples in the services' OpenAPI documents, run against a running system. */
@NullMarked
package uk.progressstream.system.document;

import org.jspecify.annotations.NullMarked;
