package dev.chasqui.standalone.bench;

import dev.chasqui.engine.api.MarkedText;
import dev.chasqui.engine.runtime.EngineListener;
import dev.chasqui.engine.runtime.EngineOptions;
import dev.chasqui.engine.runtime.LlamaEngine;
import dev.chasqui.guard.classifier.Classifier;
import dev.chasqui.guard.classifier.GuardFormat;
import dev.chasqui.guard.classifier.Side;
import dev.chasqui.guard.classifier.Subject;
import dev.chasqui.guard.classifier.Turn;
import dev.chasqui.guard.policy.Policy;
import dev.chasqui.guard.policy.PolicySource;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicLong;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Measures verdicts a second with the policy in the prefix cache, and without sharing it. */
@Command(
    name = "guard-throughput",
    mixinStandardHelpOptions = true,
    description = {
      "Prompts judged under the Llama Guard 3 policy, by any model: its verdicts are not looked"
          + " at.",
      "Half of them come from one tenant, which finds the policy in the prefix cache; the others",
      "each from a tenant of its own, since tenants share nothing. Both in turn, in one run."
    })
final class GuardThroughputCommand implements Callable<Integer> {

  private static final long SEED = 20_261_124;
  private static final List<String> WORDS =
      List.of(
          "the",
          "river",
          "bread",
          "a",
          "window",
          "old",
          "music",
          "under",
          "teacher",
          "garden",
          "slowly",
          "because",
          "letter",
          "seven",
          "blue",
          "mountain",
          "asked",
          "without",
          "paper",
          "city",
          "morning",
          "about",
          "small",
          "machine",
          "friend",
          "learn",
          "winter",
          "question");

  /** Named for what the prompt says of each category; neither asks for scores of single ones. */
  private static final List<Policy> POLICIES =
      List.of(
          PolicySource.parse("names", "id=names\ncategory-scores=never"),
          PolicySource.parse(
              "descriptions", "id=descriptions\ndescriptions=full\ncategory-scores=never"));

  private final Bench bench;
  private final Random random = new Random(SEED);
  private final AtomicLong prefilled = new AtomicLong();
  private int tenants;

  @Mixin private ModelOption model = new ModelOption();

  @Option(
      names = "--tokens",
      paramLabel = "N",
      description = "Tokens of each prompt. Default: 100.")
  private int tokens = 100;

  @Option(
      names = "--prompts",
      paramLabel = "N",
      description = "Prompts of each kind in one round. Default: 32.")
  private int prompts = 32;

  @Option(names = "--rounds", paramLabel = "N", description = "Measured rounds. Default: 3.")
  private int rounds = 3;

  @Option(
      names = "--in-flight",
      paramLabel = "N",
      description = "Prompts that are with the guard at once. Default: 16.")
  private int inFlight = 16;

  @Option(
      names = "--kv-tokens",
      paramLabel = "N",
      description = "Room of the KV cache: all prompts in flight fit. Default: 32768.")
  private int kvTokens = 32_768;

  GuardThroughputCommand(Bench bench) {
    this.bench = bench;
  }

  /** Whether prompts find the policy computed. */
  private enum Kind {
    SHARED,
    UNSHARED
  }

  /** Time and work of some verdicts. */
  private record Work(long verdicts, long nanos, long prefilled) {

    static final Work NONE = new Work(0, 0, 0);

    Work plus(Work other) {
      return new Work(verdicts + other.verdicts, nanos + other.nanos, prefilled + other.prefilled);
    }

    double perSecond() {
      return verdicts / (nanos / 1e9);
    }

    double per(Work other) {
      return perSecond() / other.perSecond();
    }

    @Override
    public String toString() {
      return String.format(
          Locale.ROOT, "%.1f/s, %d tokens each", perSecond(), prefilled / verdicts);
    }
  }

  /** What is compared on what. */
  private record Bout(LlamaEngine engine, Classifier guard, Policy policy) {}

  private record Row(String policy, Work shared, Work unshared) {}

  @Override
  public Integer call() throws InterruptedException {
    EngineOptions options =
        EngineOptions.of(model.locate(bench.models()))
            .withBackend(model.backend())
            .withKvTokens(kvTokens);
    try (LlamaEngine engine = LlamaEngine.open(options, counting())) {
      Classifier guard = new Classifier(engine, GuardFormat.named(GuardFormat.LLAMA_GUARD_3));
      List<Row> rows = new ArrayList<>();
      for (Policy policy : POLICIES) {
        rows.add(compare(new Bout(engine, guard, policy)));
      }
      report(rows);
    }
    return 0;
  }

  private Row compare(Bout bout) throws InterruptedException {
    measure(bout, Kind.SHARED); // leaves the policy in the cache, and warms up
    measure(bout, Kind.UNSHARED);
    Work shared = Work.NONE;
    Work unshared = Work.NONE;
    for (int round = 0; round < rounds; round++) {
      shared = shared.plus(measure(bout, Kind.SHARED));
      unshared = unshared.plus(measure(bout, Kind.UNSHARED));
    }
    return new Row(bout.policy().id(), shared, unshared);
  }

  private void report(List<Row> rows) {
    bench.heading(
        "Guard throughput: %s, Llama Guard 3 policy, prompts of %d tokens, %d in flight, %d rounds of %d"
            .formatted(model.describe(), tokens, inFlight, rounds, prompts));
    bench.say("%-24s %24s %24s %8s", "categories with", "policy shared", "not shared", "ratio");
    for (Row row : rows) {
      bench.say(
          "%-24s %24s %24s %7.1fx",
          row.policy(), row.shared(), row.unshared(), row.shared().per(row.unshared()));
    }
  }

  private EngineListener counting() {
    return new EngineListener() {
      @Override
      public void onStep(StepReport step) {
        prefilled.addAndGet(step.prefillTokens());
      }
    };
  }

  private Work measure(Bout bout, Kind kind) throws InterruptedException {
    List<String> texts =
        random.ints(prompts).mapToObj(seed -> text(bout.engine(), new Random(seed))).toList();
    Semaphore free = new Semaphore(inFlight);
    long before = prefilled.get();
    long start = System.nanoTime();
    for (String text : texts) {
      free.acquire();
      String tenant = kind == Kind.SHARED ? "one" : "tenant-" + tenants++;
      Subject subject = new Subject("bench", tenant, List.of(new Turn(Side.USER, text)));
      bout.guard().judge(subject, bout.policy(), _ -> free.release());
    }
    free.acquire(inFlight);
    long nanos = System.nanoTime() - start;
    return new Work(prompts, nanos, prefilled.get() - before);
  }

  /** Words by chance, so that no two prompts begin alike. */
  private String text(LlamaEngine engine, Random words) {
    StringBuilder text = new StringBuilder();
    do {
      text.append(text.isEmpty() ? "" : " ").append(WORDS.get(words.nextInt(WORDS.size())));
    } while (engine.loaded().encode(MarkedText.user(text.toString())).size() < tokens);
    return text.toString();
  }
}
