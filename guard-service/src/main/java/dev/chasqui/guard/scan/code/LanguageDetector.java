package dev.chasqui.guard.scan.code;

import com.google.re2j.Pattern;
import java.io.BufferedReader;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** Guesses the language of code from signs that are rare in others. Unchangeable. */
public final class LanguageDetector {

  private static final String SIGNS = "languages.signs";
  private static final int LONGEST = 16_384;

  private final List<Sign> signs;

  private record Sign(Language language, int weight, Pattern pattern) {}

  private LanguageDetector(List<Sign> signs) {
    this.signs = List.copyOf(signs);
  }

  /** Returns a detector with the signs of this jar. */
  public static LanguageDetector builtIn() {
    try (InputStream stream = LanguageDetector.class.getResourceAsStream(SIGNS)) {
      if (stream == null) {
        throw new FileNotFoundException(SIGNS + " is missing from this jar");
      }
      return new LanguageDetector(
          read(new BufferedReader(new InputStreamReader(stream, StandardCharsets.UTF_8))));
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }

  /**
   * Guesses a language.
   *
   * @param code a file or a fragment
   * @return the language with most signs; {@link Language#OTHER} where there are none
   */
  public Language detect(String code) {
    String start = code.substring(0, Math.min(code.length(), LONGEST));
    Map<Language, Integer> weights = new EnumMap<>(Language.class);
    for (Sign sign : signs) {
      if (sign.pattern().matcher(start).find()) {
        weights.merge(sign.language(), sign.weight(), Integer::sum);
      }
    }
    Language best = Language.OTHER;
    int most = 0;
    for (Map.Entry<Language, Integer> weight : weights.entrySet()) {
      if (weight.getValue() > most) {
        best = weight.getKey();
        most = weight.getValue();
      }
    }
    return best;
  }

  private static List<Sign> read(BufferedReader lines) throws IOException {
    List<Sign> signs = new ArrayList<>();
    for (String line = lines.readLine(); line != null; line = lines.readLine()) {
      if (!line.isBlank() && !line.startsWith("#")) {
        String[] parts = line.strip().split("\\s+", 3);
        Language language = Language.named(parts[0]).orElseThrow();
        Pattern pattern = Pattern.compile(parts[2], Pattern.MULTILINE);
        signs.add(new Sign(language, Integer.parseInt(parts[1]), pattern));
      }
    }
    return signs;
  }
}
