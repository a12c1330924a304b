package uk.progressstream.provisioning.testing;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayName;

@DisplayName("Authority in a sample service")
class SampleAuthorityTest extends AuthorityContract {
  private static final String GENUINE =
      """
      create or replace function public.points(of_mark uuid, as_admin boolean) returns smallint
        language sql stable security definer
      begin atomic
        select m.points from public.mark m
        where m.mark_id = of_mark and m.school_id = any (scope.schools('marks:read'));
      end
      """;

  @Override
  protected String service() {
    return "sample";
  }

  @Override
  protected void seed(Connection superuser, Holding school) throws SQLException {
    Sql.run(
        superuser,
        "insert into mark values ('%s', '%s', '%s', 7)"
            .formatted(school.school(), school.schoolClass(), school.id("mark")));
  }

  @Override
  protected Map<String, Function<Holding, List<@Nullable String>>> calls() {
    return Map.of("public.points", holding -> List.of(holding.id("mark").toString(), "true"));
  }

  @Override
  protected Map<String, Function<Holding, Map<String, String>>> rows() {
    return Map.of(
        "public.mark",
        holding ->
            Map.of(
                "school_id", holding.school().toString(),
                "class_id", holding.schoolClass().toString(),
                "mark_id", holding.made("mark").toString(),
                "points", "7"),
        "public.incident",
        holding ->
            Map.of(
                "incident_id", holding.made("incident").toString(),
                "opened_by", holding.account().toString()));
  }

  @Override
  protected Set<String> permissionsOfNobody() {
    return Set.of("incidents:manage");
  }

  @Override
  protected Map<String, String> byDesign() {
    String otherwise = ": is answered otherwise than for an unknown id";
    return Map.of(
        "a row of public.mark by the role for school, mark_id of another school" + otherwise,
        "an id names one mark",
        "a row of public.mark by the role for school, mark_id of a school that left" + otherwise,
        "an id names one mark");
  }

  @Override
  protected List<Break> breaks() {
    return List.of(
        new Break(
            "a function of the owner's asks for the permission alone",
            GENUINE.replace(
                "m.school_id = any (scope.schools('marks:read'))", "scope.permits('marks:read')"),
            GENUINE),
        new Break(
            "a function of the owner's tells what is there",
            GENUINE
                .replace(
                    "m.points from public.mark m",
                    "coalesce((select 1::smallint from public.mark x where x.mark_id = of_mark), m.points) from public.mark m")
                .replace("m.mark_id = of_mark and", ""),
            GENUINE));
  }
}
