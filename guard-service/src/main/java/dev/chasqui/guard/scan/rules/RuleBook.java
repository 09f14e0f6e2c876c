package dev.chasqui.guard.scan.rules;

import com.google.re2j.Matcher;
import dev.chasqui.guard.scan.code.Language;
import dev.chasqui.guard.scan.code.SourceText;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The rules by language. Unchangeable, used from any thread. */
public final class RuleBook {

  private static final int MOST_HITS_OF_A_RULE = 50;

  private final List<Rule> rules;
  private final Map<Language, List<Rule>> byLanguage = new EnumMap<>(Language.class);

  private RuleBook(List<Rule> rules) {
    this.rules = List.copyOf(rules);
    for (Language language : Language.values()) {
      byLanguage.put(
          language, rules.stream().filter(rule -> rule.languages().contains(language)).toList());
    }
  }

  /**
   * Returns a book of these rules.
   *
   * @param rules with ids of their own each
   * @throws InvalidRuleException if an id is there twice
   */
  static RuleBook of(List<Rule> rules) {
    Map<String, Rule> ids = new LinkedHashMap<>();
    for (Rule rule : rules) {
      if (ids.put(rule.id(), rule) != null) {
        throw new InvalidRuleException("Rule " + rule.id() + " is there twice. Rename one.");
      }
    }
    return new RuleBook(rules);
  }

  /** Returns the rules of this jar. */
  public static RuleBook builtIn() {
    return RuleResources.read();
  }

  /** Returns all rules in the order of their files. */
  public List<Rule> rules() {
    return rules;
  }

  /**
   * Looks for what the rules of the source's language describe.
   *
   * @param source the code
   * @param extent whether more code may follow; what that could excuse is then left out
   * @return one hit for a rule and line at most, in the order of the code
   */
  public List<Hit> scan(SourceText source, Extent extent) {
    List<Hit> hits = new ArrayList<>();
    for (Rule rule : byLanguage.get(source.language())) {
      if (extent == Extent.COMPLETE || !rule.waitsForTheEnd()) {
        hits.addAll(hits(rule, source, extent));
      }
    }
    hits.sort(Comparator.comparingInt(Hit::offset));
    return hits;
  }

  private static List<Hit> hits(Rule rule, SourceText source, Extent extent) {
    Map<Integer, Hit> byLine = new LinkedHashMap<>();
    String view = source.view(rule.view());
    for (Call.Range region : Regions.around(source.lowerCase(), rule.words())) {
      Matcher matcher = rule.pattern().matcher(view.substring(region.from(), region.end()));
      while (byLine.size() < MOST_HITS_OF_A_RULE && matcher.find()) {
        Site site = new Site(source, rule, matcher, region.from());
        boolean settled = extent == Extent.COMPLETE || !site.mayChange();
        if (settled && holds(rule, site)) {
          byLine.putIfAbsent(source.line(site.offset()), new Hit(rule, site.offset()));
        }
      }
    }
    return List.copyOf(byLine.values());
  }

  private static boolean holds(Rule rule, Site site) {
    return rule.needs().stream().allMatch(site::holds)
        && rule.unless().stream().noneMatch(site::holds);
  }
}
