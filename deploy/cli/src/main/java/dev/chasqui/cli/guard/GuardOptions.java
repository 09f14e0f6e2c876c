package dev.chasqui.cli.guard;

import dev.chasqui.cli.CommandException;
import dev.chasqui.cli.Surroundings;
import dev.chasqui.cli.fetch.ModelSource;
import dev.chasqui.engine.runtime.EngineOptions;
import dev.chasqui.guard.classifier.DefaultGuard;
import dev.chasqui.guard.classifier.GuardFormat;
import dev.chasqui.guard.policy.Policies;
import dev.chasqui.guard.policy.Policy;
import dev.chasqui.guard.policy.PolicySource;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Which guard is asked, and by what policy. */
final class GuardOptions {

  private static final String OWN_ADAPTER = "guard";

  @Option(
      names = "--guard-model",
      paramLabel = "MODEL",
      description =
          "A Llama Guard, or with --lora the base of a guard adapter. Default:"
              + " SmolLM2-135M-Instruct with the guard adapter that comes with Chasqui.")
  private @Nullable String model;

  @Option(
      names = "--lora",
      paramLabel = "DIR",
      description = "A guard adapter in place of that one: a folder of PEFT, or a GGUF file.")
  private @Nullable Path lora;

  @Option(
      names = "--format",
      paramLabel = "NAME",
      description =
          "How the guard is asked: llama-guard-1, -2 or -3, or default-guard. Default: by model and"
              + " adapter.")
  private @Nullable String format;

  @Option(
      names = "--policy",
      paramLabel = "POLICY",
      description =
          "Categories, thresholds and rules: a file, or the id of a built-in policy; where the"
              + " command reads Kafka also ID or ID@VERSION of a published one. Default: the policy"
              + " that belongs to the format.")
  private @Nullable String policy;

  @Option(
      names = "--backend",
      paramLabel = "NAME",
      defaultValue = "auto",
      description = "auto, scalar, vector, native or cuda. Default: ${DEFAULT-VALUE}.")
  private String backend = "auto";

  @Option(
      names = "--threads",
      paramLabel = "N",
      description = "Compute threads. Default: all processors.")
  private int threads = Runtime.getRuntime().availableProcessors();

  /** Opens the guard under a policy of a file or a built-in one; the caller closes it. */
  Judge open(Surroundings surroundings) {
    return open(surroundings, GuardOptions::builtIn);
  }

  /**
   * Opens the guard; the caller closes it.
   *
   * @param named finds the policy of a name that is no file's
   */
  Judge open(Surroundings surroundings, Function<String, Policy> named) {
    GuardFormat asked = format();
    Policy by = policy(named);
    asked.check(by);
    Path path =
        surroundings
            .models()
            .locate(ModelSource.parse(model == null ? ModelSource.DEFAULT : model));
    EngineOptions options = EngineOptions.of(path).withBackend(backend).withThreads(threads);
    if (isWholeModel()) {
      return Judge.open(options, asked, Optional.empty(), by);
    }
    if (lora != null) {
      return Judge.open(
          options.withAdapters(Map.of(OWN_ADAPTER, lora)), asked, Optional.of(OWN_ADAPTER), by);
    }
    return withDefaultAdapter(options, asked, by);
  }

  /** The adapter is mapped while it is in use: its files can go once the engine has them. */
  private static Judge withDefaultAdapter(EngineOptions options, GuardFormat asked, Policy by) {
    Path folder = temporary();
    try {
      Path adapter = DefaultGuard.unpackInto(folder);
      return Judge.open(
          options.withAdapters(Map.of(DefaultGuard.NAME, adapter)),
          asked,
          Optional.of(DefaultGuard.NAME),
          by);
    } finally {
      deleteAll(folder);
    }
  }

  private boolean isWholeModel() {
    return model != null && lora == null;
  }

  private GuardFormat format() {
    if (format != null) {
      return GuardFormat.named(format);
    }
    return GuardFormat.named(
        isWholeModel() ? GuardFormat.LLAMA_GUARD_3 : GuardFormat.DEFAULT_GUARD);
  }

  private Policy policy(Function<String, Policy> named) {
    if (policy == null) {
      return named.apply(isWholeModel() ? Policies.DEFAULT_ID : DefaultGuard.POLICY_ID);
    }
    Path file = Path.of(policy);
    return Files.exists(file) ? PolicySource.read(file) : named.apply(policy);
  }

  private static Policy builtIn(String name) {
    Policies builtIn = Policies.builtIn();
    return builtIn
        .active(name)
        .orElseThrow(() ->
            new CommandException(
                "--policy is %s: there is no such file, and the built-in policies are %s."
                    .formatted(name, builtIn.ids())));
  }

  private static Path temporary() {
    try {
      return Files.createTempDirectory("chasqui-guard-");
    } catch (IOException e) {
      throw new CommandException("no temporary folder can be made: " + e.getMessage(), e);
    }
  }

  private static void deleteAll(Path folder) {
    try (var files = Files.walk(folder)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
