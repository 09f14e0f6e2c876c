package dev.chasqui.engine.checkpoint;

import dev.chasqui.engine.api.CheckpointException;
import dev.chasqui.engine.checkpoint.Vocabulary.Kind;
import dev.chasqui.engine.checkpoint.Vocabulary.PieceType;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeMap;

/**
 * The tokens that fine-tuned models without a {@code tokenizer.json} have beyond their {@code
 * tokenizer.model}: {@code added_tokens.json}, an object of texts and ids, or {@code
 * added_tokens_decoder} of {@code tokenizer_config.json} (transformers, tokenization_utils.py).
 */
final class AddedTokens {

  /** Fine-tuned models have some tens. */
  private static final int MOST = 65_536;

  private static final String FILE = "added_tokens.json";
  private static final String CONFIG = "tokenizer_config.json";
  private static final List<String> ROLES =
      List.of("bos_token", "eos_token", "unk_token", "pad_token");

  /**
   * A token.
   *
   * @param text its characters
   * @param type control, or user-defined
   */
  private record Token(String text, PieceType type) {}

  private final Vocabulary vocabulary;
  private final JsonFields config;
  private final NavigableMap<Integer, Token> byId = new TreeMap<>();

  private AddedTokens(Vocabulary vocabulary, JsonFields config) {
    this.vocabulary = vocabulary;
    this.config = config;
  }

  /**
   * Returns a vocabulary with the tokens that stand beside its file.
   *
   * @throws CheckpointException if they are damaged, or lie too far behind the last piece
   */
  static Vocabulary beside(Path file, Vocabulary vocabulary) {
    AddedTokens added = new AddedTokens(vocabulary, read(file.resolveSibling(CONFIG)));
    added.addDecoder();
    added.addFile(
        read(file.resolveSibling(FILE)), read(file.resolveSibling("special_tokens_map.json")));
    return added.byId.isEmpty() ? vocabulary : added.extended();
  }

  private static JsonFields read(Path file) {
    return Files.isRegularFile(file)
        ? JsonFields.read(file)
        : new JsonFields(file, new Json.Nothing(0));
  }

  private void addDecoder() {
    JsonFields decoder = config.object("added_tokens_decoder");
    if (decoder.json() instanceof Json.Members(Map<String, Json> members, _)) {
      members.forEach((key, token) -> {
        if (!key.matches("[0-9]{1,9}")) {
          throw CheckpointException.at(
              config.file(), token.at(), "the id '" + key + "'", "a whole number");
        }
        String text = token.get("content").text().orElse("");
        put(decoder, Integer.parseInt(key), token.at(), typed(text, token.get("special").isTrue()));
      });
    }
  }

  private void addFile(JsonFields file, JsonFields map) {
    if (file.json() instanceof Json.Members(Map<String, Json> members, _)) {
      Set<String> special = special(map);
      members.forEach((text, id) -> {
        int number = file.requiredInteger(text);
        put(file, number, id.at(), typed(text, special.contains(text)));
      });
    }
  }

  private static Token typed(String text, boolean special) {
    return new Token(text, special ? PieceType.CONTROL : PieceType.USER_DEFINED);
  }

  /** The decoder goes first, since it says which are special; ids of pieces are the pieces'. */
  private void put(JsonFields where, int id, long at, Token token) {
    if (id >= vocabulary.size() + MOST) {
      throw CheckpointException.at(
          where.file(),
          at,
          "the id %d of '%s'".formatted(id, token.text()),
          "at most %d ids behind the %d pieces".formatted(MOST, vocabulary.size()));
    }
    if (id >= vocabulary.size()) {
      byId.putIfAbsent(id, token);
    }
  }

  /** The texts that have a role, or are listed as special beside those. */
  private Set<String> special(JsonFields map) {
    Set<String> special = new HashSet<>();
    for (Json names : List.of(config.json(), map.json())) {
      ROLES.forEach(role -> content(names.get(role)).ifPresent(special::add));
      names
          .get("additional_special_tokens")
          .elements()
          .forEach(token -> content(token).ifPresent(special::add));
    }
    return special;
  }

  private static Optional<String> content(Json token) {
    return token.text().or(() -> token.get("content").text());
  }

  private Vocabulary extended() {
    int size = 1 + byId.lastKey();
    Vocabulary larger = vocabulary.ofSize(size);
    List<String> pieces = new ArrayList<>(larger.pieces());
    List<PieceType> types = new ArrayList<>(larger.types());
    byId.forEach((id, token) -> {
      pieces.set(id, token.text());
      types.set(id, token.type());
    });
    float[] scores =
        vocabulary.kind() == Kind.SENTENCEPIECE_BPE
            ? Arrays.copyOf(vocabulary.scores(), size)
            : new float[0];
    return new Vocabulary(
        larger.kind(),
        larger.preTokenizer(),
        pieces,
        scores,
        types,
        larger.merges(),
        roles(pieces),
        larger.addBos(),
        larger.addEos(),
        larger.addSpacePrefix(),
        larger.source());
  }

  /** The config may give a role to an added token, such as the end of a turn. */
  private Vocabulary.SpecialTokens roles(List<String> pieces) {
    Vocabulary.SpecialTokens own = vocabulary.special();
    return new Vocabulary.SpecialTokens(
        named("bos_token", pieces, own.beginOfText()),
        named("eos_token", pieces, own.endOfText()),
        own.endOfTurn(),
        own.endOfMessage(),
        named("unk_token", pieces, own.unknown()),
        named("pad_token", pieces, own.padding()));
  }

  private OptionalInt named(String role, List<String> pieces, OptionalInt otherwise) {
    int id = content(config.json().get(role)).map(pieces::lastIndexOf).orElse(-1);
    return id < 0 ? otherwise : OptionalInt.of(id);
  }
}
