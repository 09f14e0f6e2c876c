package dev.chasqui.engine.grammar;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import dev.chasqui.engine.api.InvalidRequestException;
import dev.chasqui.engine.api.ResponseFormat;
import dev.chasqui.engine.api.TokenIds;
import java.nio.charset.CharacterCodingException;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SchemaCompilerTests {

  private static final int WALKS = 60;

  @TestFactory
  List<DynamicTest> whateverIsDrawnIsJsonThatTheSchemaAdmits() {
    return Schemas.supported().stream()
        .map(schema -> dynamicTest(schema, () -> checkWalks(schema)))
        .toList();
  }

  private static void checkWalks(String schema) throws CharacterCodingException {
    TokenGrammar grammar = RandomWalk.grammar(new ResponseFormat.JsonSchema(schema));
    for (int seed = 0; seed < WALKS; seed++) {
      Schemas.assertAdmits(schema, new RandomWalk(grammar, seed).text());
    }
  }

  @Test
  void reachesAllOfASmallSchema() throws CharacterCodingException {
    String schema =
        "{\"type\":\"object\",\"properties\":{\"a\":{\"type\":\"boolean\"},\"b\":{\"type\":\"integer\","
            + "\"minimum\":-1,\"maximum\":1}},\"required\":[\"b\"]}";
    TokenGrammar grammar = RandomWalk.grammar(new ResponseFormat.JsonSchema(schema));
    Set<String> seen = new HashSet<>();
    for (int seed = 0; seed < 400; seed++) {
      seen.add(new RandomWalk(grammar, seed).text().replaceAll("\\s", ""));
    }
    assertThat(seen)
        .containsExactlyInAnyOrder(
            "{\"b\":-1}",
            "{\"b\":0}",
            "{\"b\":1}",
            "{\"a\":true,\"b\":-1}",
            "{\"a\":true,\"b\":0}",
            "{\"a\":true,\"b\":1}",
            "{\"a\":false,\"b\":-1}",
            "{\"a\":false,\"b\":0}",
            "{\"a\":false,\"b\":1}");
  }

  @Test
  void anAnswerThatIsTakenUpAgainStandsWhereItStood() throws CharacterCodingException {
    String schema = Schemas.supported().getFirst();
    TokenGrammar grammar = RandomWalk.grammar(new ResponseFormat.JsonSchema(schema));
    RandomWalk walk = new RandomWalk(grammar, 3);
    walk.text();
    GrammarCursor whole = grammar.begin(FirstSpace.KEPT, TokenIds.of(RandomWalk.END));
    for (int token : walk.tokens()) {
      GrammarCursor again =
          RandomWalk.grammar(new ResponseFormat.JsonSchema(schema))
              .begin(FirstSpace.KEPT, TokenIds.of(RandomWalk.END));
      int taken = walk.tokens().indexOf(token);
      walk.tokens().subList(0, taken).forEach(again::accept);
      if (walk.tokens().lastIndexOf(token) == taken) {
        assertThat(RandomWalk.allowed(again)).isEqualTo(RandomWalk.allowed(whole));
      }
      whole.accept(token);
    }
    assertThat(whole.isComplete()).isTrue();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '~',
      quoteCharacter = '`',
      textBlock =
          """
          {"type":"string","multipleOf":2} ~ #/multipleOf
          {"type":"object","properties":{"x":false},"required":["x"]} ~ #/properties/x
          {"type":"object","properties":{"a/b":{"type":"integer","minimum":5,"maximum":3}}} ~ no whole number
          {"type":"integer","minimum":5,"maximum":3} ~ #
          {"$ref":"#"} ~ impossible
          {"$ref":"#/$defs/none"} ~ #/$defs/none
          {"$ref":"other.json"} ~ #/$ref
          {"$defs":{"a":{"type":"object","properties":{"a":{"$ref":"#/$defs/a"}},"required":["a"]}},"$ref":"#/$defs/a"} ~ impossible
          {"type":"array","uniqueItems":true} ~ #/uniqueItems
          {"type":"array","items":{"patternProperties":{"^a":{},"^b":{}}}} ~ #/items/patternProperties
          {"properties":{"ab":{}},"patternProperties":{"^a":{}}} ~ may fit the name 'ab' too
          {"properties":{"ab":{}},"patternProperties":{"b":{}}} ~ may fit the name 'ab' too
          {"properties":{"a":{}},"patternProperties":{"^ab?":{}}} ~ may fit the name 'a' too
          {"type":"number","multipleOf":0.5} ~ #/multipleOf is 0.5, only 1, 0.1, 0.01 and so on are
          {"type":"integer","multipleOf":3} ~ #/multipleOf is 3, for whole numbers only 1 is
          {"type":"number","minimum":0.5,"exclusiveMaximum":0.5} ~ no number lies between
          {"allOf":[{"type":"string"},{"type":"number"}]} ~ # is impossible
          {"allOf":[{"pattern":"^a"},{"pattern":"b$"}]} ~ #/pattern is "^a" and "b$", which must both hold
          {"allOf":[{"const":1},{"const":2}]} ~ # is impossible
          {"allOf":[{"$ref":"#"},{"type":"string"}]} ~ refer to themselves
          {"allOf":[{"properties":{"a":false}},{"required":["a"]}]} ~ #/properties/a
          {"oneOf":[{"type":"integer"},{"type":"number"}]} ~ #/oneOf
          {"type":"object","properties":{"p":{"type":"string","pattern":"(?=a)b"}}} ~ #/properties/p/pattern
          {"properties":{"a":{"items":{"type":"wrong"}}}} ~ #/properties/a/items/type
          {"anyOf":[{"not":{}}]} ~ #/anyOf/0/not
          {"enum":["a"],"type":"integer"} ~ #
          {"type":"array","minItems":3,"maxItems":2} ~ #
          {"type":"string","minLength":3,"maxLength":2} ~ #
          {"type":"object","required":["a"],"additionalProperties":false} ~ #/required
          {"type":"string","maxLength":1000000} ~ 200000 states
          [] ~ #
          {"a" ~ no JSON
          """)
  void saysWhereASchemaIsImpossibleOrNotSupported(String schema, String place) {
    Grammars grammars = RandomWalk.grammars();
    assertThatThrownBy(() -> grammars.of(new ResponseFormat.JsonSchema(schema)))
        .isInstanceOf(InvalidRequestException.class)
        .hasMessageContaining(place);
  }

  @Test
  void compilesAFormatOnce() {
    Grammars grammars = RandomWalk.grammars();
    ResponseFormat format = new ResponseFormat.JsonSchema("{\"type\":\"integer\"}");
    assertThat(grammars.of(format).orElseThrow()).isSameAs(grammars.of(format).orElseThrow());
    assertThat(grammars.of(ResponseFormat.TEXT)).isEmpty();
  }

  @Test
  void aFirstSpaceThatIsNoPartOfTheTextIsAllowed() {
    byte[][] texts = {" {".getBytes(), "{".getBytes(), "}".getBytes(), " ".getBytes()};
    TokenGrammar grammar =
        new Grammars(new VocabularyTexts(texts)).of(new ResponseFormat.Json()).orElseThrow();
    float[] dropped = new float[4];
    grammar.begin(FirstSpace.DROPPED, TokenIds.empty()).mask(dropped);
    float[] kept = new float[4];
    grammar.begin(FirstSpace.KEPT, TokenIds.empty()).mask(kept);
    assertThat(dropped).containsExactly(0, 0, Float.NEGATIVE_INFINITY, 0);
    assertThat(kept[0]).isEqualTo(Float.NEGATIVE_INFINITY);
    GrammarCursor cursor = grammar.begin(FirstSpace.DROPPED, TokenIds.empty());
    cursor.accept(0);
    cursor.accept(2);
    assertThat(cursor.isComplete()).isTrue();
  }

  @Test
  void aVocabularyThatCannotWriteItSaysSo() {
    byte[][] texts = {"a".getBytes(), "b".getBytes()};
    TokenGrammar grammar =
        new Grammars(new VocabularyTexts(texts)).of(new ResponseFormat.Json()).orElseThrow();
    GrammarCursor cursor = grammar.begin(FirstSpace.KEPT, TokenIds.empty());
    assertThatThrownBy(() -> cursor.mask(new float[2]))
        .isInstanceOf(InvalidRequestException.class)
        .hasMessageContaining("no token of this vocabulary");
  }

  @Test
  void textNestedAsDeepAsItGetsNeedsNoMoreThanTheVocabularyPerMask() {
    TokenGrammar grammar = RandomWalk.grammar(new ResponseFormat.JsonSchema("{}"));
    GrammarCursor cursor = grammar.begin(FirstSpace.KEPT, TokenIds.of(RandomWalk.END));
    int depth = 0;
    while (RandomWalk.allowed(cursor).contains((int) '[') && depth < 1_000) {
      cursor.accept('[');
      depth++;
    }
    assertThat(depth).isBetween(100, 999);
    for (int i = 0; i < depth; i++) {
      cursor.accept(']');
    }
    assertThat(cursor.isComplete()).isTrue();
  }
}
