package uk.progressstream.local.sample;

import java.util.List;
import uk.progressstream.local.issuer.SampleAccount;

/**
 * Who does what at a sample school.
 *
 * @param school its data
 * @param admin runs its account
 * @param teacher has the two classes
 * @param sender sends its uploads
 * @param teacherClasses codes of the two
 */
public record SamplePlan(
    SampleSchool school,
    SampleAccount admin,
    SampleAccount teacher,
    SampleAccount sender,
    List<String> teacherClasses) {

  /** Both schools: GP signs in with Google and has a system that sends, MS with Microsoft. */
  public static List<SamplePlan> all() {
    return List.of(
        new SamplePlan(
            UciSample.school("GP"),
            SampleAccount.GP_ADMIN,
            SampleAccount.GP_TEACHER,
            SampleAccount.GP_PARTNER_SYSTEM,
            List.of("POR-Y11", "MAT-Y11")),
        new SamplePlan(
            UciSample.school("MS"),
            SampleAccount.MS_ADMIN,
            SampleAccount.MS_TEACHER,
            SampleAccount.MS_ADMIN,
            List.of("POR-Y12", "MAT-Y12")));
  }

  /** {@code GP} or {@code MS}. */
  public String code() {
    return school.code();
  }
}
