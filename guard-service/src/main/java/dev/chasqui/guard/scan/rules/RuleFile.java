package dev.chasqui.guard.scan.rules;

import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import dev.chasqui.guard.scan.code.Language;
import dev.chasqui.guard.scan.code.View;
import dev.chasqui.guard.verdict.Severity;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import org.yaml.snakeyaml.error.YAMLException;

/**
 * Reads the rules of one YAML file.
 *
 * <p>Fields: {@code languages} (of the file, or of one rule; {@code all} is every language), and
 * {@code rules} with {@code id}, {@code cwe}, {@code severity}, {@code message}, {@code remedy},
 * {@code words}, {@code pattern}, {@code view} (bare where absent), {@code needs}, {@code unless},
 * {@code positive}, {@code negative}. A condition is {@code in} + {@code like}, or {@code argument}
 * + {@code is} or {@code like}.
 */
final class RuleFile {

  private final String file;
  private final Fields fields;

  private RuleFile(String file, Fields fields) {
    this.file = file;
    this.fields = fields;
  }

  /**
   * Reads a file.
   *
   * @throws InvalidRuleException if it is no rule file, with what is wrong and where
   */
  static List<Rule> read(String file, String text) {
    return new RuleFile(file, Fields.of(file, tree(file, text))).rules();
  }

  private static Object tree(String file, String text) {
    try {
      return new Yaml(new SafeConstructor(new LoaderOptions())).load(text);
    } catch (YAMLException invalid) {
      throw new InvalidRuleException(file + " is not YAML: " + invalid.getMessage(), invalid);
    }
  }

  private List<Rule> rules() {
    Set<Language> languages = languages(fields);
    List<Rule> rules = new ArrayList<>();
    for (Object entry : fields.list("rules")) {
      Fields rule = Fields.of(file, entry);
      rules.add(rule(rule.named(rule.text("id")), languages));
    }
    fields.allRead();
    return rules;
  }

  private static Rule rule(Fields rule, Set<Language> ofFile) {
    Rule read =
        new Rule(
            rule.text("id"),
            new Rule.Weakness(
                rule.texts("cwe"),
                rule.constant(Severity.class, "severity", ""),
                rule.text("message"),
                rule.text("remedy")),
            rule.has("languages") ? languages(rule) : ofFile,
            words(rule),
            pattern(rule),
            rule.constant(View.class, "view", "bare"),
            conditions(rule, "needs"),
            conditions(rule, "unless"),
            new Rule.Examples(rule.texts("positive"), rule.texts("negative")));
    rule.allRead();
    return read;
  }

  private static List<String> words(Fields rule) {
    List<String> words = rule.texts("words");
    if (words.isEmpty() || words.stream().anyMatch(word -> !word.equals(lowerCase(word)))) {
      throw new InvalidRuleException(
          "%s: words is %s: give one or more in lower case, one of which stands wherever the pattern matches."
              .formatted(rule.where(), words));
    }
    return words;
  }

  private static String lowerCase(String word) {
    return word.isEmpty() ? "?" : word.toLowerCase(Locale.ROOT);
  }

  private static Pattern pattern(Fields rule) {
    try {
      Pattern pattern = Pattern.compile(rule.text("pattern"), Pattern.MULTILINE);
      if (pattern.matcher("").find()) {
        throw new InvalidRuleException(
            "%s: pattern matches an empty text. Ask for a sign at least.".formatted(rule.where()));
      }
      return pattern;
    } catch (PatternSyntaxException invalid) {
      throw new InvalidRuleException(
          "%s: pattern is not RE2: %s".formatted(rule.where(), invalid.getMessage()), invalid);
    }
  }

  private static Set<Language> languages(Fields fields) {
    Set<Language> languages = EnumSet.noneOf(Language.class);
    for (String name : fields.texts("languages")) {
      if (name.equals("all")) {
        return EnumSet.allOf(Language.class);
      }
      languages.add(
          Language.named(name)
              .orElseThrow(() ->
                  new InvalidRuleException(
                      "%s: language %s is not known.".formatted(fields.where(), name))));
    }
    return languages;
  }

  private static List<Condition> conditions(Fields rule, String name) {
    List<Condition> conditions = new ArrayList<>();
    for (Object entry : rule.list(name)) {
      conditions.add(condition(Fields.of(rule.where() + ", " + name, entry)));
    }
    return conditions;
  }

  private static Condition condition(Fields fields) {
    Condition condition;
    if (!fields.has("argument")) {
      Condition.Scope scope = fields.constant(Condition.Scope.class, "in", "");
      condition = new Condition.Like(scope, template(fields));
    } else if (fields.has("is")) {
      int index = Integer.parseInt(fields.text("argument"));
      condition =
          new Condition.ArgumentIs(index, fields.constant(Condition.ArgumentKind.class, "is", ""));
    } else {
      int index = Integer.parseInt(fields.text("argument"));
      condition = new Condition.ArgumentLike(index, template(fields));
    }
    fields.allRead();
    return condition;
  }

  private static Template template(Fields fields) {
    try {
      return Template.of(fields.text("like"));
    } catch (PatternSyntaxException invalid) {
      throw new InvalidRuleException(
          "%s: like is not RE2: %s".formatted(fields.where(), invalid.getMessage()), invalid);
    }
  }
}
