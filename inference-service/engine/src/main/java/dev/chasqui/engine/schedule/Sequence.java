package dev.chasqui.engine.schedule;

import dev.chasqui.engine.kvcache.BlockTable;
import dev.chasqui.engine.kvcache.KvCache;
import dev.chasqui.engine.kvcache.PrefixScope;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Tokens of which the first ones are computed, and the rest are to be. Belongs to the engine's
 * thread; its scheduler moves it along.
 */
public final class Sequence {

  /**
   * Where a sequence stands.
   *
   * <pre>
   *            admitted
   *   WAITING ─────────▶ RUNNING ───▶ ENDED
   *      ▲                  │           ▲
   *      └──── preempted ───┘           │
   *      └──────────────────────────────┘
   * </pre>
   */
  enum State {
    /** Holds no block. */
    WAITING,
    /** Takes part in steps. */
    RUNNING,
    /** Is done with. */
    ENDED
  }

  private static final int LAST_ONLY = -1;

  private final Urgency urgency;
  private PrefixScope scope;
  private final int scoredFrom;
  private final Growth growth;

  /** Its tokens, and behind them guesses while a step verifies some. */
  private int[] tokens;

  private int length;
  private int computed;
  private int cached;

  /** Guesses behind the last token that are computed but not drawn yet. */
  private int drafts;

  /** Guesses that were drawn since the last step. */
  private int accepted;

  private boolean preempted;
  private State state = State.WAITING;
  private @Nullable BlockTable table;

  private Sequence(
      Urgency urgency, PrefixScope scope, int[] tokens, int scoredFrom, Growth growth) {
    if (tokens.length == 0) {
      throw new IllegalArgumentException("a sequence needs at least one token");
    }
    this.urgency = urgency;
    this.scope = scope;
    this.tokens = tokens.clone();
    this.length = tokens.length;
    this.scoredFrom = scoredFrom;
    this.growth = growth;
  }

  /**
   * Returns a sequence whose last token's logits are wanted, again and again as it grows.
   *
   * @param urgency its order
   * @param scope within what it shares blocks
   * @param tokens its first tokens, at least one
   * @return a waiting sequence
   */
  public static Sequence growing(Urgency urgency, PrefixScope scope, int[] tokens) {
    return growing(urgency, scope, tokens, Growth.PLAIN);
  }

  /**
   * Returns a sequence whose last token's logits are wanted, again and again as it grows.
   *
   * @param urgency its order
   * @param scope within what it shares blocks
   * @param tokens its first tokens, at least one
   * @param growth how far it can grow, and who guesses how
   * @return a waiting sequence
   */
  public static Sequence growing(Urgency urgency, PrefixScope scope, int[] tokens, Growth growth) {
    return new Sequence(urgency, scope, tokens, LAST_ONLY, growth);
  }

  /**
   * Returns a sequence whose logits are wanted from a position on.
   *
   * @param urgency its order
   * @param scope within what it shares blocks
   * @param tokens its tokens, at least one
   * @param scoredFrom first position whose logits are wanted
   * @return a waiting sequence
   */
  public static Sequence scored(Urgency urgency, PrefixScope scope, int[] tokens, int scoredFrom) {
    return new Sequence(urgency, scope, tokens, scoredFrom, Growth.PLAIN);
  }

  /**
   * Adds the next token. If it is the one that was guessed, it is computed already; if not, what
   * was guessed behind it is void.
   *
   * @param tokenId the token
   */
  public void append(int tokenId) {
    if (drafts > 0 && tokens[length] == tokenId) {
      drafts--;
      accepted++;
      computed++;
    } else {
      drafts = 0;
      makeRoom(1);
      tokens[length] = tokenId;
    }
    length++;
  }

  private void makeRoom(int count) {
    if (length + count > tokens.length) {
      tokens = Arrays.copyOf(tokens, Math.max(2 * length, length + count));
    }
  }

  /** Returns the order. */
  public Urgency urgency() {
    return urgency;
  }

  /** Returns within what it shares blocks: what computes it, and on whose behalf. */
  public PrefixScope scope() {
    return scope;
  }

  /** Returns the number of tokens. */
  public int length() {
    return length;
  }

  /** Returns the token at a position, or behind the last one the guess there. */
  public int token(int position) {
    return tokens[position];
  }

  /** Returns how many tokens were found computed when it first ran. */
  public int cachedTokens() {
    return cached;
  }

  /**
   * Returns its KV blocks while it runs: no copy, valid until the next plan.
   *
   * @return block numbers in the order of positions; there may be more behind them
   */
  public int[] blockTable() {
    return table().blocks();
  }

  /** Returns how many of its tokens are computed: those behind them have no logits yet. */
  public int computed() {
    return computed;
  }

  State state() {
    return state;
  }

  int remaining() {
    return length - computed;
  }

  /** Returns the first position whose logits are wanted. */
  int logitsFrom() {
    return scoredFrom == LAST_ONLY ? length - 1 : scoredFrom;
  }

  /** Returns whether this sequence could take over another's blocks up to a position. */
  boolean couldShare(Sequence other, int positions) {
    return positions <= logitsFrom()
        && positions <= other.length
        && scope.equals(other.scope)
        && Arrays.equals(tokens, 0, positions, other.tokens, 0, positions);
  }

  /**
   * Voids what was computed with fewer tokens, if the sequence is longer than the stable length: it
   * goes back to its beginning, and shares blocks with sequences of its own length only.
   */
  void outgrow(KvCache cache, int stableLength) {
    if (length <= stableLength || scope.length() == length) {
      return;
    }
    scope = scope.ofLength(length);
    if (table != null) {
      cache.release(table);
      table = cache.open(scope);
      computed = 0;
      preempted = true;
    }
  }

  void start(KvCache cache) {
    table = cache.open(scope);
    move(State.WAITING, State.RUNNING);
  }

  /** Takes over blocks that another sequence computed, and returns the tokens gained. */
  int share(KvCache cache) {
    int before = computed;
    computed = Math.max(computed, cache.share(table(), tokens, logitsFrom()));
    int gained = computed - before;
    cached += preempted ? 0 : gained;
    return gained;
  }

  boolean reserve(KvCache cache, int positions) {
    return cache.reserve(table(), positions);
  }

  /**
   * Guesses its next tokens, if there are free blocks for them.
   *
   * @param most how many guesses the step has room for
   * @return how many there are
   */
  int draft(KvCache cache, int most) {
    int count = Math.min(most, growth.mostTokens() - 1 - length);
    if (count < 1) {
      return 0;
    }
    makeRoom(count);
    int guessed = growth.drafter().draft(tokens, length, count);
    boolean fits = cache.reserve(table(), length + guessed);
    drafts = fits ? guessed : Math.min(guessed, cache.positions(table()) - length);
    return drafts;
  }

  /** Returns the blocks still needed for all tokens and one more. */
  int missingBlocks(KvCache cache) {
    return cache.blocksFor(length + 1) - table().size();
  }

  void advance(KvCache cache, int count) {
    computed += count;
    cache.markComputed(table(), tokens, computed);
  }

  /**
   * Gives back what wrong guesses took, once all logits of a step were handed out.
   *
   * @param drafted guesses that the step verified
   * @return how many of them were right
   */
  int settle(KvCache cache, int drafted) {
    int right = accepted;
    accepted = 0;
    drafts = 0;
    growth.drafter().verified(drafted, right);
    if (state == State.RUNNING) {
      cache.markComputed(table(), tokens, computed);
      cache.trim(table(), computed);
    }
    return right;
  }

  void preempt(KvCache cache) {
    preempted = true;
    stop(cache, State.WAITING);
  }

  /** Goes back to waiting as if it had not been looked at. */
  void turnBack(KvCache cache) {
    cached = preempted ? cached : 0;
    stop(cache, State.WAITING);
  }

  void end(KvCache cache) {
    if (state == State.RUNNING) {
      stop(cache, State.ENDED);
    } else {
      move(State.WAITING, State.ENDED);
    }
  }

  private void stop(KvCache cache, State next) {
    move(State.RUNNING, next);
    cache.markComputed(table(), tokens, computed);
    cache.release(table());
    table = null;
    computed = 0;
    growth.drafter().end();
  }

  private void move(State expected, State next) {
    if (state != expected) {
      throw new IllegalStateException("a sequence cannot go from " + state + " to " + next);
    }
    state = next;
  }

  private BlockTable table() {
    if (table == null) {
      throw new IllegalStateException("a sequence that is " + state + " has no blocks");
    }
    return table;
  }
}
