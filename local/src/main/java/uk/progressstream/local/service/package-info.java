/** The seven services, as processes of one machine. */
@NullMarked
package uk.progressstream.local.service;

import org.jspecify.annotations.NullMarked;
