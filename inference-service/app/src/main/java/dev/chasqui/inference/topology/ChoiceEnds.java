package dev.chasqui.inference.topology;

import dev.chasqui.engine.api.FinishReason;
import dev.chasqui.engine.api.GenerationEvent;
import dev.chasqui.engine.api.GenerationEvent.Timings;
import dev.chasqui.engine.api.GenerationEvent.Usage;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.function.Function;

/** Several choices end as one answer. */
final class ChoiceEnds {

  private ChoiceEnds() {}

  /** Joins ends: the prompt counts once, tokens add up, the last choice ends the answer. */
  static Ending.Finished joined(List<GenerationEvent.Finished> ends) {
    Usage first = ends.getFirst().usage();
    int completion = ends.stream().mapToInt(end -> end.usage().completionTokens()).sum();
    Timings timings =
        new Timings(
            least(ends, Timings::queued),
            least(ends, Timings::firstToken),
            ends.stream()
                .map(end -> end.timings().total())
                .max(Comparator.naturalOrder())
                .orElseThrow());
    var whole =
        new GenerationEvent.Finished(
            ends.getFirst().reason(),
            new Usage(first.promptTokens(), first.cachedPromptTokens(), completion),
            timings);
    return new Ending.Finished(whole, ends, "");
  }

  /** Ends choices that did not end by themselves. */
  static Ending.Finished cutShort(
      Answer answer, FinishReason reason, Timings timings, String stopReason) {
    var usage = new Usage(answer.promptTokens(), 0, answer.knownTokens());
    var whole = new GenerationEvent.Finished(reason, usage, timings);
    List<GenerationEvent.Finished> ends =
        answer.choices().stream().map(choice -> choice.end().orElse(whole)).toList();
    return new Ending.Finished(whole, ends, stopReason);
  }

  private static Duration least(
      List<GenerationEvent.Finished> ends, Function<Timings, Duration> which) {
    return ends.stream()
        .map(end -> which.apply(end.timings()))
        .min(Comparator.naturalOrder())
        .orElseThrow();
  }
}
