/** What the OpenAPI documents of all services have in common. */
@NullMarked
package uk.progressstream.platform.document;

import org.jspecify.annotations.NullMarked;
