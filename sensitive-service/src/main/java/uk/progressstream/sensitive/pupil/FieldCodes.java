package uk.progressstream.sensitive.pupil;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import java.util.stream.Stream;

/**
 * The codes of {@code /sensitive/codes.properties}, and the rules of the school census for special
 * needs: types are ranked and distinct, go with provision K or E, and NSA goes with K only.
 */
final class FieldCodes {
  private static final String FILE = "/sensitive/codes.properties";
  private static final String TYPES = "senTypes";
  private static final String NO_ASSESSMENT = "NSA";

  private final Properties codes;

  private FieldCodes(Properties codes) {
    this.codes = codes;
  }

  /** Reads the file that comes with the service. */
  static FieldCodes load() {
    Properties codes = new Properties();
    try (InputStream in = Objects.requireNonNull(FieldCodes.class.getResourceAsStream(FILE))) {
      codes.load(in);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return new FieldCodes(codes);
  }

  /** Every code of a field. */
  Set<String> of(String field) {
    return Set.of(codes.getProperty(field, "").split(" ", -1));
  }

  /** The name of the first field that holds an unknown code or breaks a rule; never its value. */
  Optional<String> firstFault(SensitiveFields fields) {
    return Stream.of(
            fault("senProvision", fields.senProvision()),
            typesFault(fields),
            fault("pupilPremium", fields.pupilPremium()),
            fault("fsm", fields.fsm()),
            fault("fsm6", fields.fsm6()),
            fault("eal", fields.eal()),
            fault("lookedAfter", fields.lookedAfter()),
            fault("serviceChild", fields.serviceChild()),
            fault("ethnicity", fields.ethnicity()))
        .flatMap(Optional::stream)
        .findFirst();
  }

  private Optional<String> fault(String field, String code) {
    boolean good = code.isEmpty() || of(field).contains(code);
    return good ? Optional.empty() : Optional.of(field);
  }

  private Optional<String> typesFault(SensitiveFields fields) {
    List<String> types = fields.senTypes();
    String provision = fields.senProvision();
    boolean known = of(TYPES).containsAll(types);
    boolean distinct = new HashSet<>(types).size() == types.size();
    boolean fitting = types.isEmpty() || provision.equals("K") || provision.equals("E");
    boolean assessed = !types.contains(NO_ASSESSMENT) || provision.equals("K");
    return known && distinct && fitting && assessed ? Optional.empty() : Optional.of(TYPES);
  }
}
