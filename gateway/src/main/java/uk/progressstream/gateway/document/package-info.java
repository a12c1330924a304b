/** The one OpenAPI document of all services, made by the build. */
@NullMarked
package uk.progressstream.gateway.document;

import org.jspecify.annotations.NullMarked;
