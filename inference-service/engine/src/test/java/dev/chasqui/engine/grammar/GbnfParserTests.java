package dev.chasqui.engine.grammar;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.chasqui.engine.api.InvalidRequestException;
import dev.chasqui.engine.api.ResponseFormat;
import java.nio.charset.CharacterCodingException;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class GbnfParserTests {

  static Stream<Arguments> grammars() {
    return Stream.of(
        Arguments.of("root ::= \"yes\" | \"no\"", "yes|no"),
        Arguments.of("root ::= [0-9]{2,3} (\",\" [^a-z\\\\]){0,2}", "[0-9]{2,3}(,[^a-z\\\\]){0,2}"),
        Arguments.of(
            "# a list\n"
                + "root ::= item (\"\\n\" item){0,3}\n"
                + "item ::=\n"
                + "  \"- \" word # one\n"
                + "word ::= [a-z]+",
            "- [a-z]+(\n- [a-z]+){0,3}"),
        Arguments.of("root ::= \"\\x41\" \"\\u00e9\" .? [\\[\\]-]", "A\u00e9(?s:.)?[\\[\\]-]"),
        Arguments.of("root ::= (\"a\" |\n \"b\"\n | \"\") \"c\"+ \"d\"{2}", "[ab]?c+dd"),
        Arguments.of("root ::= \"(\" root \")\" | \"x\"", "\\(*x\\)*"));
  }

  @ParameterizedTest
  @MethodSource("grammars")
  void whateverIsDrawnFitsTheGrammar(String gbnf, String pattern) throws CharacterCodingException {
    TokenGrammar grammar = RandomWalk.grammar(new ResponseFormat.Grammar(gbnf));
    for (int seed = 0; seed < 100; seed++) {
      assertThat(new RandomWalk(grammar, seed).text()).matches(Pattern.compile(pattern));
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '~',
      textBlock =
          """
          root ::= root "a" | "b" ~ root begins with itself
          root ::= a;a ::= b? root | b;b ::= "x" ~ begins with itself
          root ::= "a" missing ~ no rule named missing
          root ::= "a ~ line 1
          rule ::= "a" ~ no rule named root
          root ::= "a";root ::= "b" ~ line 2: the rule root is written twice
          root ::= [z-a] ~ downwards
          root ::= "a"{3,2} ~ at least 3 and at most 2
          root ::= "\\q" ~ escape
          root ::= "(" root ")" ~ root is impossible
          root ::= "a" ) ~ no meaning here
          root ::= "a"{1000000} ~ 200000 states
          """)
  void saysWhatIsWrong(String gbnf, String message) {
    Grammars grammars = RandomWalk.grammars();
    assertThatThrownBy(() -> grammars.of(new ResponseFormat.Grammar(gbnf.replace(';', '\n'))))
        .isInstanceOf(InvalidRequestException.class)
        .hasMessageContaining(message);
  }
}
