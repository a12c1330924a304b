/** Tests of the staff file and of what it takes away. */
@org.jspecify.annotations.NullMarked
package uk.progressstream.identity.staff;
