package dev.chasqui.cli.engine;

import dev.chasqui.cli.CommandException;
import dev.chasqui.cli.Surroundings;
import dev.chasqui.cli.json.JsonRows;
import dev.chasqui.engine.api.Speculation;
import dev.chasqui.engine.backend.Backends;
import dev.chasqui.engine.backend.MachineSpeed;
import dev.chasqui.engine.checkpoint.Checkpoint;
import dev.chasqui.engine.runtime.EngineOptions;
import dev.chasqui.engine.runtime.LlamaEngine;
import dev.chasqui.engine.runtime.LoadedModel;
import dev.chasqui.engine.runtime.StepCost;
import dev.chasqui.engine.tensor.Dtype;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Measures how fast a model runs here. */
@Command(
    name = "bench",
    mixinStandardHelpOptions = true,
    description = {
      "Measure prefill and decode speed, time to first token and inter-token latency.",
      "Prompts are random tokens, all different, so nothing comes out of the prefix cache;",
      "or, with --ask, one text, which does after the first request.",
      "Beside each figure: what it needs of memory and arithmetic at least, to be held against",
      "what the machine was measured to give."
    })
final class BenchCommand implements Callable<Integer> {

  private static final int PREFILL_TOKENS = 128;

  private final Surroundings surroundings;

  @Mixin private ModelOptions model;
  @Mixin private ComputeOptions compute;
  @Mixin private BenchWorkOptions work;
  @Mixin private SpeculationOptions speculation;

  @Option(
      names = "--shape",
      paramLabel = "SHAPE",
      description =
          "Random weights in memory instead of a model: smollm2-135m, llama-3.2-1b or llama-3-8b.")
  private @Nullable String shape;

  @Option(
      names = "--type",
      paramLabel = "DTYPE",
      defaultValue = "Q8_0",
      description = "Dtype of random weights: Q8_0, Q4_0, Q4_1 or BF16. Default: ${DEFAULT-VALUE}.")
  private Dtype type = Dtype.Q8_0;

  @Option(
      names = "--concurrency",
      paramLabel = "N,N,...",
      split = ",",
      defaultValue = "1",
      description = "Requests at once, one run each. Default: ${DEFAULT-VALUE}.")
  private List<Integer> concurrency = new ArrayList<>();

  @Option(
      names = "--sweep",
      description =
          "Show how cost grows instead: with 1 to 64 requests at once, and with a context of 128 to"
              + " 8192 tokens. Takes minutes.")
  private boolean sweep;

  @Option(
      names = "--plot",
      paramLabel = "FILE",
      description = "With --sweep: draw its curves as SVG, too.")
  private @Nullable Path plot;

  @Option(names = "--json", description = "One JSON object on standard output.")
  private boolean json;

  BenchCommand(Surroundings surroundings) {
    this.surroundings = surroundings;
  }

  @Override
  public Integer call() {
    BenchWork wanted = work.work(compute.adapter(), speculation.speculation(Speculation.OFF));
    int most = concurrency.stream().mapToInt(Integer::intValue).max().orElse(1);
    Optional<MachineSpeed> machine = Backends.machineSpeed(compute.threads());
    EngineOptions options = options(wanted, most);
    LoadedModel model = open(options);
    StepCost cost = model.stepCost();
    DraftCounter drafts = new DraftCounter();
    try (LlamaEngine engine = LlamaEngine.start(model, options.batch(), drafts)) {
      Bench bench = new Bench(engine, wanted, drafts);
      bench.run(1); // the JIT compiler needs some work to look at
      ObjectNode report = heading(engine, wanted, machine);
      say(machine.map(BenchCommand::sentence).orElse(""));
      if (sweep) {
        report.set("sweep", grow(engine, wanted, drafts));
      } else {
        say(Bench.Result.tableHeading());
        run(bench, cost, report.putArray("results"));
      }
      if (json) {
        surroundings.terminal().println(report.toString());
      }
    }
    return 0;
  }

  private ObjectNode grow(LlamaEngine engine, BenchWork wanted, DraftCounter drafts) {
    Sweep.Growth growth =
        new Sweep(work -> new Bench(engine, work, drafts), wanted, engine.model().contextLength())
            .run();
    say(growth.tables());
    if (plot != null) {
      try {
        Files.writeString(plot, growth.svg());
      } catch (IOException e) {
        throw new CommandException("%s cannot be written: %s".formatted(plot, e), e);
      }
    }
    return growth.json();
  }

  /** Says something to people. */
  private void say(String words) {
    if (!json) {
      surroundings.terminal().println(words);
    }
  }

  private void run(Bench bench, StepCost cost, ArrayNode results) {
    for (int requests : concurrency) {
      Bench.Result result = bench.run(requests);
      results.add(result.json(cost));
      say(result.tableLine(cost));
      if (result.drafts().drafted() > 0) {
        say(result.speculationLine());
      }
    }
  }

  private static String sentence(MachineSpeed machine) {
    return String.format(
        Locale.ROOT,
        "This machine reads %.1f GB/s and multiplies %.0f int8 GOP/s.",
        machine.readGigabytesPerSecond(),
        machine.int8GigaopsPerSecond());
  }

  private LoadedModel open(EngineOptions options) {
    if (shape == null) {
      return LoadedModel.open(options);
    }
    if (!BenchShape.types().contains(type)) {
      throw new CommandException("--type is " + type + ": choose one of " + BenchShape.types());
    }
    Checkpoint random = known(shape).random(type);
    try {
      return LoadedModel.open(options, random);
    } catch (RuntimeException | Error e) {
      random.close();
      throw e;
    }
  }

  private static BenchShape known(String name) {
    return BenchShape.of(name)
        .orElseThrow(() ->
            new CommandException("--shape is " + name + ": choose one of " + BenchShape.names()));
  }

  private ObjectNode heading(LlamaEngine engine, BenchWork wanted, Optional<MachineSpeed> machine) {
    ObjectNode heading =
        JsonRows.object()
            .put("model", engine.model().name())
            .put("backend", engine.model().backend())
            .put("threads", compute.threads())
            .put("kv_type", compute.kvType().label())
            .put("prompt_tokens", wanted.promptTokens())
            .put("generate_tokens", wanted.generateTokens())
            .put("speculation", wanted.speculation().name().toLowerCase(Locale.ROOT));
    machine.ifPresent(speed ->
        heading
            .put("machine_read_gb_per_second", speed.readGigabytesPerSecond())
            .put("machine_int8_gigaops_per_second", speed.int8GigaopsPerSecond()));
    return heading;
  }

  private EngineOptions options(BenchWork wanted, int most) {
    EngineOptions options =
        compute
            .options(shape == null ? model.locate(surroundings) : Path.of(shape))
            .withDraftModel(speculation.draftModel());
    int blockSize = options.cache().blockSizeTokens();
    if (sweep) {
      return options
          .withBatch(new EngineOptions.Batch(Sweep.CONCURRENCY.getLast(), PREFILL_TOKENS))
          .withCache(Sweep.cache(blockSize))
          .withKvType(compute.kvType());
    }
    int tokensOfOne = Math.ceilDiv(wanted.mostTokens(), blockSize) * blockSize;
    return options
        .withBatch(new EngineOptions.Batch(most, PREFILL_TOKENS))
        .withKvTokens(tokensOfOne * most);
  }
}
