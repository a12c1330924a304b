package uk.progressstream.grades.grade;

import java.util.UUID;

/**
 * One grade on its way in.
 *
 * @param key which grade of whom
 * @param scale name of the grade scale
 * @param grade as the scale writes it
 * @param pointsTenths tenths of a point
 */
record IncomingGrade(Key key, String scale, String grade, short pointsTenths) {

  /** What makes a grade one and the same. */
  record Key(
      UUID psId,
      UUID schoolClass,
      String subject,
      String qualification,
      String period,
      String kind) {}
}
