package dev.chasqui.engine.tokenize;

import dev.chasqui.engine.checkpoint.Vocabulary;
import dev.chasqui.engine.checkpoint.Vocabulary.PieceType;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.regex.Pattern;

/**
 * The pieces that are found in the text as they stand, before any merging.
 *
 * <p>Control pieces are found in scaffold text alone. A checkpoint's types are not trusted in this:
 * pieces with a role, and whatever looks like a marker of a chat format, are control pieces under
 * any type, since converters have often written {@code <|im_end|>} as user-defined. What is left of
 * the user-defined pieces is found in all text, as llama.cpp and Hugging Face do.
 */
final class SpecialPieces {

  private static final Pattern MARKER = Pattern.compile("<\\|[^<>]+\\|>");
  private static final Pattern USER_DEFINED_MARKER = Pattern.compile("\u2581?(<.+>|\\[.+])");

  private final Map<String, Integer> controlIds = new LinkedHashMap<>();

  /** By first char, longest first. */
  private final Map<Character, List<Special>> inScaffold = new HashMap<>();

  /** The user-defined ones alone, so that user text is not compared with every control piece. */
  private final Map<Character, List<Special>> anywhere = new HashMap<>();

  private final BitSet control = new BitSet();
  private final BitSet special = new BitSet();

  /**
   * A piece that is found as it stands.
   *
   * @param text its characters
   * @param id its id
   * @param control whether it is found in scaffold text alone
   */
  record Special(String text, int id, boolean control) {}

  SpecialPieces(Vocabulary vocabulary) {
    BitSet roles = roles(vocabulary);
    for (int id = 0; id < vocabulary.size(); id++) {
      add(vocabulary.pieces().get(id), id, vocabulary.types().get(id), roles.get(id));
    }
    sort(inScaffold);
    sort(anywhere);
  }

  /** Returns whether an id is a control piece. */
  boolean isControl(int id) {
    return control.get(id);
  }

  /** Returns whether an id is a control or user-defined piece: none that text merges into. */
  boolean isSpecial(int id) {
    return special.get(id);
  }

  /** Returns the ids of the control pieces by their text. */
  Map<String, Integer> controlIds() {
    return Map.copyOf(controlIds);
  }

  /** Returns the longest special piece at a position that may be there. */
  Optional<Special> longestAt(MarkedString marked, int position) {
    Map<Character, List<Special>> candidates =
        marked.isScaffold(position, position + 1) ? inScaffold : anywhere;
    List<Special> pieces = candidates.getOrDefault(marked.text().charAt(position), List.of());
    for (Special piece : pieces) {
      int end = position + piece.text().length();
      if (marked.text().startsWith(piece.text(), position)
          && (!piece.control() || marked.isScaffold(position, end))) {
        return Optional.of(piece);
      }
    }
    return Optional.empty();
  }

  private void add(String text, int id, PieceType type, boolean hasRole) {
    boolean isControl = hasRole || isControl(text, type);
    if (text.isEmpty() || !isControl && type != PieceType.USER_DEFINED) {
      return;
    }
    special.set(id);
    if (isControl) {
      control.set(id);
      controlIds.putIfAbsent(text, id);
    }
    Special piece = new Special(text, id, isControl);
    put(inScaffold, piece);
    if (!isControl) {
      put(anywhere, piece);
    }
  }

  private static void put(Map<Character, List<Special>> byFirstChar, Special piece) {
    byFirstChar.computeIfAbsent(piece.text().charAt(0), first -> new ArrayList<>()).add(piece);
  }

  private static void sort(Map<Character, List<Special>> byFirstChar) {
    Comparator<Special> byLength = Comparator.comparingInt(piece -> piece.text().length());
    byFirstChar.values().forEach(pieces -> pieces.sort(byLength.reversed()));
  }

  private static boolean isControl(String text, PieceType type) {
    return switch (type) {
      case CONTROL, UNKNOWN -> true;
      case USER_DEFINED -> USER_DEFINED_MARKER.matcher(text).matches();
      case NORMAL, UNUSED -> text.startsWith("<|") && MARKER.matcher(text).matches();
      case BYTE -> false;
    };
  }

  /** Padding and unknown are left out: files often name an ordinary piece for them. */
  private static BitSet roles(Vocabulary vocabulary) {
    BitSet roles = new BitSet();
    Vocabulary.SpecialTokens special = vocabulary.special();
    List<OptionalInt> ids =
        List.of(
            special.beginOfText(),
            special.endOfText(),
            special.endOfTurn(),
            special.endOfMessage());
    ids.forEach(id -> id.ifPresent(roles::set));
    return roles;
  }
}
