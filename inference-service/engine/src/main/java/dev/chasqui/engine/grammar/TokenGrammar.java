package dev.chasqui.engine.grammar;

import dev.chasqui.engine.api.TokenIds;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A grammar over the tokens of one vocabulary: compiled once, for any number of answers and
 * threads.
 */
public final class TokenGrammar {

  private static final int MOST_STATES = 8_000;
  private static final int MOST_MASKS = 256;
  private static final float LOAD_FACTOR = 0.75f;

  private final Automaton automaton;
  private final VocabularyTexts vocabulary;
  private final Map<MaskKey, long[]> masks =
      new LinkedHashMap<>(16, LOAD_FACTOR, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<MaskKey, long[]> eldest) {
          return size() > MOST_MASKS;
        }
      };

  private record MaskKey(Automaton.State state, FirstSpace firstSpace) {}

  TokenGrammar(Rules rules, VocabularyTexts vocabulary) {
    this.automaton = new Automaton(NetworkWriter.write(rules), MOST_STATES);
    this.vocabulary = vocabulary;
  }

  /**
   * Begins an answer.
   *
   * @param firstSpace what becomes of a space that its first token begins with
   * @param ends tokens that may end it wherever its text is complete
   * @return the cursor of the answer
   */
  public GrammarCursor begin(FirstSpace firstSpace, TokenIds ends) {
    return new GrammarCursor(this, firstSpace, ends);
  }

  synchronized Automaton.State start() {
    return automaton.start();
  }

  /** Returns the tokens that may follow, a bit for each; shared, not to be changed. */
  synchronized long[] allowed(Automaton.State state, FirstSpace firstSpace) {
    return masks.computeIfAbsent(
        new MaskKey(state, firstSpace),
        key -> vocabulary.trie().allowed(automaton, state, firstSpace));
  }

  synchronized Automaton.State next(Automaton.State from, int tokenId, FirstSpace firstSpace) {
    byte[] text = vocabulary.text(tokenId);
    boolean dropped = firstSpace == FirstSpace.DROPPED && text.length > 0 && text[0] == ' ';
    Automaton.State state = from;
    for (int i = dropped ? 1 : 0; i < text.length; i++) {
      state = automaton.next(state, text[i] & 0xff);
    }
    return state;
  }

  byte[] text(int tokenId) {
    return vocabulary.text(tokenId);
  }
}
