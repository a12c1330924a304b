package uk.progressstream.local.sample;

import java.util.List;
import java.util.Random;

/**
 * Invented postcodes of real forms (BS 7666: A9 9AA, A99 9AA, AA9 9AA, AA99 9AA, A9A 9AA, AA9A
 * 9AA). The area letters exist; whether a code is in use is not looked at.
 */
final class SamplePostcodes {
  private static final List<String> OUTWARD_FORMS =
      List.of("A9", "A99", "AA9", "AA99", "A9A", "AA9A");
  private static final List<String> ONE_LETTER_AREAS =
      List.of("B", "E", "G", "L", "M", "N", "S", "W");
  private static final List<String> TWO_LETTER_AREAS =
      List.of("AB", "BS", "CF", "EH", "LS", "NE", "OX", "SW", "EC");
  private static final String DISTRICT_LETTERS = "ABCDEFGHJK";
  // BS 7666 leaves C, I, K, M, O and V out of the inward part.
  private static final String INWARD_LETTERS = "ABDEFGHJLNPQRSTUWXYZ";

  private final Random random;

  SamplePostcodes(Random random) {
    this.random = random;
  }

  String next() {
    String form = OUTWARD_FORMS.get(random.nextInt(OUTWARD_FORMS.size()));
    return outward(form) + " " + digit(0) + letter(INWARD_LETTERS) + letter(INWARD_LETTERS);
  }

  private String outward(String form) {
    boolean twoLetters = form.startsWith("AA");
    List<String> areas = twoLetters ? TWO_LETTER_AREAS : ONE_LETTER_AREAS;
    StringBuilder outward = new StringBuilder(areas.get(random.nextInt(areas.size())));
    for (char position : form.substring(twoLetters ? 2 : 1).toCharArray()) {
      outward.append(position == '9' ? digit(1) : letter(DISTRICT_LETTERS));
    }
    return outward.toString();
  }

  private char digit(int least) {
    return (char) ('0' + least + random.nextInt(10 - least));
  }

  private char letter(String letters) {
    return letters.charAt(random.nextInt(letters.length()));
  }
}
