package dev.chasqui.guard.scan.rules;

import com.google.re2j.Pattern;
import dev.chasqui.guard.scan.code.Language;
import dev.chasqui.guard.scan.code.View;
import dev.chasqui.guard.verdict.Severity;
import java.util.List;
import java.util.Set;

/**
 * One weakness and how it looks in code.
 *
 * @param id its name, such as {@code python-eval}
 * @param weakness what is wrong and how bad it is
 * @param languages where it applies
 * @param words lower-case words one of which stands wherever the pattern matches: looked for first
 * @param pattern the first stage, in linear time
 * @param view what the pattern sees
 * @param needs the second stage: all of these must hold
 * @param unless none of these may hold
 * @param examples code that the rule must find, and code that it must not
 */
public record Rule(
    String id,
    Weakness weakness,
    Set<Language> languages,
    List<String> words,
    Pattern pattern,
    View view,
    List<Condition> needs,
    List<Condition> unless,
    Examples examples) {

  /**
   * What is wrong.
   *
   * @param cwes CWE ids, the closest first, at least one
   * @param severity how bad it is
   * @param message what is wrong, in a sentence
   * @param remedy what to do instead, in a sentence
   */
  public record Weakness(List<String> cwes, Severity severity, String message, String remedy) {

    /** Copies the ids. */
    public Weakness {
      cwes = List.copyOf(cwes);
    }
  }

  /**
   * Code by which a rule is tested.
   *
   * @param positive pieces of code with the weakness
   * @param negative pieces of code without it
   */
  public record Examples(List<String> positive, List<String> negative) {

    /** Copies the lists. */
    public Examples {
      positive = List.copyOf(positive);
      negative = List.copyOf(negative);
    }
  }

  /** Copies the collections. */
  public Rule {
    languages = Set.copyOf(languages);
    words = List.copyOf(words);
    needs = List.copyOf(needs);
    unless = List.copyOf(unless);
  }

  /** Whether code that comes later can still excuse a match. */
  boolean waitsForTheEnd() {
    return unless.stream().anyMatch(Condition::looksAhead)
        || needs.stream().anyMatch(Condition::looksAhead);
  }
}
