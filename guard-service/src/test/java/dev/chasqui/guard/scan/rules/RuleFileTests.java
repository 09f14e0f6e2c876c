package dev.chasqui.guard.scan.rules;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class RuleFileTests {

  private static final String RULE =
      """
      languages: python
      rules:
        - id: a
          cwe: CWE-1
          severity: low
          message: Bad.
          remedy: Do better.
          words: [bad]
          pattern: 'bad\\('
          needs: [{argument: 0, is: variable}]
          positive: ['bad(x)']
          negative: ['good(x)']
      """;

  @Test
  void readsARule() {
    assertThat(RuleFile.read("a.yaml", RULE)).extracting(Rule::id).containsExactly("a");
  }

  @Test
  void namesFileRuleAndFieldOfWhatIsWrong() {
    refuses(
        "severity: low", "severity: awful", "a.yaml, rule a: severity is awful: use one of [low");
    refuses("remedy:", "remedi:", "a.yaml, rule a: remedy is null, not a text");
    refuses("words: [bad]", "words: [bad]\n    word: x", "rule a: [word] is no field");
    refuses("'bad\\('", "'bad('", "a.yaml, rule a: pattern is not RE2");
    refuses("'bad\\('", "'(?:bad)?'", "a.yaml, rule a: pattern matches an empty text");
    refuses("[bad]", "[Bad]", "a.yaml, rule a: words is [Bad]: give one or more in lower case");
    refuses("[bad]", "[]", "a.yaml, rule a: words is []");
    refuses("is: variable", "is: odd", "a.yaml, rule a, needs: is is odd");
    refuses("languages: python", "languages: klingon", "language klingon is not known");
    refuses("languages: python", "languages: [", "a.yaml is not YAML");
  }

  private static void refuses(String right, String wrong, String message) {
    assertThatThrownBy(() -> RuleFile.read("a.yaml", RULE.replace(right, wrong)))
        .isInstanceOf(InvalidRuleException.class)
        .hasMessageContaining(message);
  }
}
