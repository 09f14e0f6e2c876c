package dev.chasqui.engine.runtime;

import dev.chasqui.engine.api.InvalidRequestException;
import dev.chasqui.engine.backend.KvShape;
import dev.chasqui.engine.backend.Logits;
import dev.chasqui.engine.backend.Slice;
import dev.chasqui.engine.backend.Step;
import dev.chasqui.engine.draft.Drafter;
import dev.chasqui.engine.kvcache.BlockTable;
import dev.chasqui.engine.kvcache.KvCache;
import dev.chasqui.engine.kvcache.PrefixScope;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A smaller model of the same vocabulary, which guesses what a larger one will say: its most
 * probable tokens, one after the other. It has KV blocks of its own. One that fails guesses nothing
 * from then on: answers do not need it. Belongs to the engine's thread.
 */
final class DraftModel {

  private static final System.Logger LOG = System.getLogger(DraftModel.class.getName());

  /** Tokens that one step of the larger model may wait for at most, beside the guesses. */
  private static final int CATCH_UP_TOKENS = 64;

  /** One scope for all: nothing is shared, so nobody learns what another one asked. */
  private static final PrefixScope SCOPE = new PrefixScope("", PrefixScope.NO_ADAPTER);

  private final Forward forward;
  private final KvCache cache;
  private final int longest;
  private boolean broken;

  /**
   * Makes a model that guesses.
   *
   * @param model whose thread is the engine's from now on; stays the caller's, who closes it
   */
  DraftModel(LoadedModel model) {
    this(model::forward, model.kvShape(), Math.min(model.contextLength(), model.stableLength()));
  }

  DraftModel(Forward forward, KvShape kv, int longest) {
    this.forward = forward;
    this.cache = new KvCache(kv.blocks(), kv.blockSizeTokens());
    this.longest = longest;
  }

  /**
   * Refuses a draft model whose token ids mean something else than those of the model.
   *
   * @throws InvalidRequestException if they do; it names the first one
   */
  static void check(LoadedModel draft, LoadedModel model) {
    List<String> ours = model.pieces();
    List<String> theirs = draft.pieces();
    int common = 0;
    while (common < Math.min(ours.size(), theirs.size())
        && ours.get(common).equals(theirs.get(common))) {
      common++;
    }
    if (common < Math.max(ours.size(), theirs.size())) {
      throw new InvalidRequestException(
          "draft-model",
          draft.name(),
          "its vocabulary of %d tokens differs from the model's %d from token %d on"
              .formatted(theirs.size(), ours.size(), common),
          "Take a smaller model of the same family, or leave it out.");
    }
  }

  /** Returns who guesses for one sequence; made on any thread. */
  Drafter drafter() {
    return new OfSequence();
  }

  int usedBlocks() {
    return cache.use().usedBlocks();
  }

  /** What the model knows of one sequence. */
  private final class OfSequence implements Drafter {

    private @Nullable BlockTable table;

    /** Tokens of the sequence that its blocks hold, and behind them those that were guessed. */
    private int computed;

    private int[] guesses = new int[16];
    private int guessed;

    @Override
    public int draft(int[] tokens, int length, int most) {
      keepRightGuesses(tokens, length);
      int wanted = Math.min(most, longest - length);
      if (broken || wanted < 1 || !reserve(length + wanted)) {
        return 0;
      }
      try {
        return guess(tokens, length, wanted);
      } catch (RuntimeException e) {
        broken = true;
        LOG.log(System.Logger.Level.ERROR, "the draft model failed: it guesses no more", e);
        return 0;
      }
    }

    private int guess(int[] tokens, int length, int wanted) {
      if (length - computed > CATCH_UP_TOKENS) {
        run(tokens, CATCH_UP_TOKENS, new int[0]);
        return 0;
      }
      if (guesses.length < wanted) {
        guesses = new int[wanted];
      }
      for (guessed = 0; guessed < wanted; guessed++) {
        int rows = length + guessed - computed;
        int guess = run(tokens, rows, new int[] {rows - 1}).argmax(0);
        tokens[length + guessed] = guess;
        guesses[guessed] = guess;
      }
      return wanted;
    }

    /** The blocks hold all guesses but the last one; what follows a wrong one is void. */
    private void keepRightGuesses(int[] tokens, int length) {
      int first = computed - Math.max(0, guessed - 1);
      int right = 0;
      while (first + right < Math.min(computed, length)
          && tokens[first + right] == guesses[right]) {
        right++;
      }
      computed = first + right;
      guessed = 0;
    }

    private boolean reserve(int positions) {
      if (table == null) {
        table = cache.open(SCOPE);
      }
      return cache.reserve(table, positions);
    }

    private Logits run(int[] tokens, int rows, int[] logitRows) {
      int[] ids = Arrays.copyOfRange(tokens, computed, computed + rows);
      int[] blocks = Objects.requireNonNull(table).blocks();
      Slice slice = new Slice(0, rows, computed, blocks);
      Logits logits = forward.forward(new Step(ids, List.of(slice), logitRows));
      computed += rows;
      return logits;
    }

    @Override
    public void end() {
      if (table != null) {
        cache.release(table);
        table = null;
      }
      computed = 0;
      guessed = 0;
    }
  }
}
