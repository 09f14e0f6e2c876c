package dev.chasqui.cli.engine;

import dev.chasqui.cli.CommandException;
import dev.chasqui.cli.Surroundings;
import dev.chasqui.cli.json.JsonRows;
import dev.chasqui.engine.api.AnswerShape;
import dev.chasqui.engine.api.Prompt;
import dev.chasqui.engine.api.Speculation;
import dev.chasqui.engine.runtime.EngineOptions;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Generates answers. */
@Command(
    name = "generate",
    mixinStandardHelpOptions = true,
    description = "Continue tokens, a raw prompt or a chat; the text appears as it is made.")
final class GenerateCommand implements Callable<Integer> {

  private final Surroundings surroundings;

  @Mixin private ModelOptions model;
  @Mixin private ComputeOptions compute;
  @Mixin private SamplingOptions sampling;
  @Mixin private RowOptions rows;

  @Mixin private ShapeOptions shape;
  @Mixin private SpeculationOptions speculation;

  @ArgGroup private @Nullable PromptSource source;

  GenerateCommand(Surroundings surroundings) {
    this.surroundings = surroundings;
  }

  @Override
  public Integer call() throws IOException {
    Prompt single = source == null ? null : source.prompt();
    switch (rows.inputs(single, "one of --tokens, --prompt and --chat")) {
      case Inputs.One<Prompt>(Prompt prompt) -> one(prompt);
      case Inputs.Rows<Prompt> files -> rows(files);
    }
    return 0;
  }

  private void one(Prompt prompt) {
    try (Generations generations = open(List.of(prompt))) {
      if (rows.json()) {
        surroundings.terminal().println(generations.run(prompt, text -> {}).json().toString());
        return;
      }
      Answer answer = generations.run(prompt, surroundings.terminal()::print);
      surroundings.terminal().println("");
      if (surroundings.terminal().errIsTerminal()) {
        surroundings.terminal().err().println(answer.summary());
      }
    }
  }

  private void rows(Inputs.Rows<Prompt> files) throws IOException {
    List<JsonRows.Row> inputs = JsonRows.read(files.in());
    List<Prompt> prompts = inputs.stream().map(PromptSource::of).toList();
    List<Integer> failedLines = new ArrayList<>();
    try (Generations generations = open(prompts)) {
      JsonRows.write(
          files.out(),
          sink ->
              generations.runAll(
                  prompts,
                  (index, outcome) -> {
                    JsonRows.Row row = inputs.get(index);
                    outcome.putInto(row.fields());
                    sink.write(row.fields());
                    if (outcome instanceof Outcome.Failure) {
                      failedLines.add(row.line());
                    }
                  }));
    }
    if (!failedLines.isEmpty()) {
      throw new CommandException(
          "%d of %d rows have no answer, in lines %s: their field error says why."
              .formatted(failedLines.size(), inputs.size(), failedLines));
    }
  }

  private Generations open(List<Prompt> prompts) {
    EngineOptions options =
        compute
            .options(model.locate(surroundings))
            .withChatTemplate(shape.chatTemplate())
            .withDraftModel(speculation.draftModel());
    AnswerShape wanted = shape.shape();
    return Generations.open(
        options,
        sampling,
        request ->
            request
                .withAdapter(compute.adapter())
                .withShape(wanted)
                .withSpeculation(speculation.speculation(Speculation.LOOKUP)),
        prompts);
  }
}
