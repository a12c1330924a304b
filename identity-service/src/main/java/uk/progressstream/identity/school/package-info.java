/** Schools: onboarded by the company's staff, who gain no access by it. */
@NullMarked
package uk.progressstream.identity.school;

import org.jspecify.annotations.NullMarked;
