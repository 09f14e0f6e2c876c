package dev.chasqui.engine.tokenize;

import dev.chasqui.engine.checkpoint.Vocabulary;
import dev.chasqui.engine.checkpoint.Vocabulary.Kind;
import dev.chasqui.engine.checkpoint.Vocabulary.PieceType;
import dev.chasqui.engine.checkpoint.Vocabulary.SpecialTokens;
import dev.chasqui.engine.checkpoint.VocabularySource;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectMapper;

/** The vocabularies of the golden models, taken out of their GGUF files, and goldens for them. */
public final class Vocabularies {

  private Vocabularies() {}

  /** Returns the tokenizer of a golden model: {@code tiny-llama2} or {@code tiny-llama3}. */
  public static Tokenizer tokenizer(String name) {
    return Tokenizer.of(vocabulary(name));
  }

  static Vocabulary vocabulary(String name) {
    JsonNode json = json(name + ".vocabulary.json");
    List<PieceType> types = new ArrayList<>();
    json.get("types").forEach(type -> types.add(PieceType.values()[type.asInt() - 1]));
    boolean sentencePiece = json.get("model").asString().equals("llama");
    return new Vocabulary(
        sentencePiece ? Kind.SENTENCEPIECE_BPE : Kind.BYTE_LEVEL_BPE,
        json.get("pre").asString(),
        strings(json.get("tokens")),
        floats(json.get("scores")),
        types,
        strings(json.get("merges")),
        new SpecialTokens(
            id(json.get("bos")),
            id(json.get("eos")),
            OptionalInt.empty(),
            OptionalInt.empty(),
            id(json.get("unknown")),
            OptionalInt.empty()),
        json.get("add_bos").asBoolean(),
        false,
        json.get("add_space_prefix").asBoolean(),
        VocabularySource.MEMORY);
  }

  /** Returns a JSON resource that lies beside this class. */
  public static JsonNode json(String resource) {
    try (InputStream in = Vocabularies.class.getResourceAsStream(resource)) {
      return new ObjectMapper().readTree(in);
    } catch (IOException failure) {
      throw new IllegalStateException("cannot read " + resource, failure);
    }
  }

  /** Returns a list of numbers. */
  public static int[] ints(JsonNode numbers) {
    int[] ints = new int[numbers.size()];
    for (int i = 0; i < ints.length; i++) {
      ints[i] = numbers.get(i).asInt();
    }
    return ints;
  }

  private static OptionalInt id(JsonNode id) {
    return id.asInt() < 0 ? OptionalInt.empty() : OptionalInt.of(id.asInt());
  }

  private static List<String> strings(JsonNode array) {
    List<String> strings = new ArrayList<>();
    array.forEach(element -> strings.add(element.asString()));
    return strings;
  }

  private static float[] floats(JsonNode numbers) {
    float[] floats = new float[numbers.size()];
    for (int i = 0; i < floats.length; i++) {
      floats[i] = (float) numbers.get(i).asDouble();
    }
    return floats;
  }
}
