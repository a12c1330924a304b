package uk.progressstream.local.demo;

import io.vertx.core.json.JsonObject;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;
import uk.progressstream.local.client.ApiClient;
import uk.progressstream.local.issuer.SampleAccount;
import uk.progressstream.local.sample.OnboardedSchool;

/** A teacher sees two classes. */
final class ClassGrades implements Chapter {
  @Override
  public String title() {
    return "gp-teacher reads grades: exactly the pupils of two classes, and no others";
  }

  @Override
  public String clauses() {
    return "D9 D12";
  }

  @Override
  public String tell(World world) {
    OnboardedSchool gp = world.school("GP");
    ApiClient teacher = world.as(SampleAccount.GP_TEACHER);
    List<JsonObject> grades = Pages.all(teacher, "/grades/v1/grades");
    World.check(read(grades).equals(expected(gp)), "not the grades of the two classes");
    Set<String> pupils = new HashSet<>();
    grades.forEach(grade -> pupils.add(grade.getString("psId")));
    World.check(pupils.size() == pupils(gp).count(), "not the pupils of the two classes");
    nothingOf(teacher, gp.classId("POR-Y12"));
    nothingOf(teacher, world.school("MS").classId("POR-Y12"));
    return "%d pupils, %d grades; another class: none; another school: none"
        .formatted(pupils.size(), grades.size());
  }

  private static void nothingOf(ApiClient teacher, UUID schoolClass) {
    World.check(
        Pages.all(teacher, "/grades/v1/grades?class=" + schoolClass).isEmpty(),
        "a class outside the cluster was read");
  }

  /** Class, period and grade of each, sorted; who has it, only the vault knows. */
  private static List<String> read(List<JsonObject> grades) {
    return grades.stream()
        .map(
            grade ->
                String.join(
                    " ",
                    grade.getString("class"),
                    grade.getString("period"),
                    grade.getString("grade")))
        .sorted()
        .toList();
  }

  private static List<String> expected(OnboardedSchool school) {
    return pupils(school)
        .flatMap(
            pupil ->
                Stream.of(0, 1, 2)
                    .map(
                        i ->
                            String.join(
                                " ",
                                school.classId(pupil.schoolClass().code()).toString(),
                                "G" + (i + 1),
                                pupil.grades().get(i))))
        .sorted()
        .toList();
  }

  private static Stream<uk.progressstream.local.sample.SamplePupil> pupils(OnboardedSchool school) {
    return school.plan().school().pupils().stream()
        .filter(pupil -> school.plan().teacherClasses().contains(pupil.schoolClass().code()));
  }
}
