package dev.chasqui.guard.classifier;

import static org.assertj.core.api.Assertions.assertThat;

import dev.chasqui.engine.api.MarkedText;
import dev.chasqui.engine.api.Prompt;
import dev.chasqui.engine.api.ScoreRequest;
import dev.chasqui.engine.runtime.EngineListener;
import dev.chasqui.engine.runtime.EngineOptions;
import dev.chasqui.engine.runtime.LlamaEngine;
import dev.chasqui.guard.policy.Policy;
import dev.chasqui.guard.policy.PolicySource;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.LongSummaryStatistics;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Judging an answer again, a window longer, computes the window and what closes the prompt. */
class RejudgingCostTests {

  private static final Path MODEL =
      Path.of(
          "../inference-service/engine/src/test/resources/golden/gguf-04-llama3/model-Q8_0.gguf");
  private static final GuardFormat FORMAT = GuardFormat.named(GuardFormat.LLAMA_GUARD_3);

  /** Whole blocks of 16 tokens are shared: behind the prompt before, and between the verdicts. */
  private static final int PARTIAL_BLOCKS = 2 * 16;

  private static final int WINDOWS = 6;

  /** Tokens of the question that {@link #settled} asks, at most. */
  private static final int SMALL = 4;

  /** Short, for a model of few tokens, and without a second question. */
  private static final Policy POLICY =
      PolicySource.parse("short", "id=short\ncategories=S1\ncategory-scores=never");

  private final AtomicLong prefilled = new AtomicLong();
  private LlamaEngine engine;

  @BeforeEach
  void open() {
    EngineListener counting =
        new EngineListener() {
          @Override
          public void onStep(StepReport step) {
            prefilled.addAndGet(step.prefillTokens());
          }
        };
    engine = LlamaEngine.open(EngineOptions.of(MODEL).withBackend("scalar"), counting);
  }

  @AfterEach
  void close() {
    engine.close();
  }

  @Test
  void computesTheNewTokensAndTheClosingOnly() throws Exception {
    List<Long> costs = new ArrayList<>();
    int[] before = {};
    for (int window = 1; window <= WINDOWS; window++) {
      Subject subject = subject("one more window of words ".repeat(window));
      int[] prompt = tokens(subject);
      long cost = cost(subject);
      int shared = Math.max(0, Arrays.mismatch(before, prompt));

      assertThat(cost)
          .as("window %d: %d tokens, %d as before", window, prompt.length, shared)
          .isLessThanOrEqualTo(prompt.length - shared + PARTIAL_BLOCKS + continuations());
      costs.add(cost);
      before = prompt;
    }
    System.out.printf("prefilled by window: %s, the last prompt: %d%n", costs, before.length);
    LongSummaryStatistics again =
        costs.stream().skip(1).mapToLong(Long::longValue).summaryStatistics();
    assertThat(again.getMax()).as("the policy is computed once").isLessThan(costs.getFirst());
    assertThat(again.getMax() - again.getMin())
        .as("no dearer as the answer grows")
        .isLessThanOrEqualTo(PARTIAL_BLOCKS);
  }

  private static Subject subject(String answer) {
    return new Subject(
        "r", "t", List.of(new Turn(Side.USER, "Write!"), new Turn(Side.AGENT, answer)));
  }

  private int[] tokens(Subject subject) {
    GuardPrompt.Question question =
        new GuardPrompt(FORMAT, engine.model()).render(POLICY.categories(), subject);
    return engine.loaded().encodePrompt(question.prompt()).toArray();
  }

  /**
   * Both verdicts with their lead-in, which are computed behind each prompt, and a small question.
   */
  private int continuations() {
    String both = "\n\n" + FORMAT.verdicts().safe() + "\n\n" + FORMAT.verdicts().unsafe();
    return engine.loaded().encode(MarkedText.user(both)).size() + SMALL;
  }

  private long cost(Subject subject) throws Exception {
    long before = settled();
    CompletableFuture<Object> verdict = new CompletableFuture<>();
    new Classifier(engine, FORMAT).judge(subject, POLICY, verdict::complete);
    verdict.get(2, TimeUnit.MINUTES);
    return settled() - before;
  }

  /**
   * Counts all steps before the one that answers a small question. The few tokens of that are
   * counted with what comes next.
   */
  private long settled() throws Exception {
    CompletableFuture<Long> count = new CompletableFuture<>();
    ScoreRequest question =
        new ScoreRequest(
            "settled", "nobody", new Prompt.Text(MarkedText.user("a")), "", List.of("b"));
    engine.score(question, _ -> count.complete(prefilled.get()));
    return count.get(1, TimeUnit.MINUTES);
  }
}
