package dev.chasqui.inference.topology;

import dev.chasqui.engine.api.GenerationEvent;
import dev.chasqui.engine.api.Logprobs;
import dev.chasqui.engine.api.ModelDescription;
import dev.chasqui.events.AdmissionEvent;
import dev.chasqui.events.Admitted;
import dev.chasqui.events.ChoiceFinished;
import dev.chasqui.events.FinishReason;
import dev.chasqui.events.GenerationFailed;
import dev.chasqui.events.GenerationFinished;
import dev.chasqui.events.GenerationStarted;
import dev.chasqui.events.GenerationType;
import dev.chasqui.events.PromptSubmitted;
import dev.chasqui.events.StopMissed;
import dev.chasqui.events.Timings;
import dev.chasqui.events.TokenAlternatives;
import dev.chasqui.events.TokensGenerated;
import dev.chasqui.events.ToolCall;
import dev.chasqui.events.Usage;
import dev.chasqui.schemas.conversation.JudgedConversation;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Says what an engine says in the words of the topic {@code generations}. */
final class WireEvents {

  private WireEvents() {}

  static dev.chasqui.events.GenerationEvent started(
      AdmissionEvent admission, Optional<ModelDescription> model, String pool, Instant now) {
    Admitted admitted = admission.getAdmitted();
    PromptSubmitted prompt = admitted.getPrompt();
    boolean chat = prompt.getRawPrompt() == null && prompt.getInfill() == null;
    GenerationStarted started =
        GenerationStarted.newBuilder()
            .setTenant(prompt.getTenant())
            .setModel(prompt.getModel())
            .setModelHash(model.map(ModelDescription::modelHash).orElse(""))
            .setAdapterHash(
                model
                    .map(loaded -> loaded.adapterHash(Optional.ofNullable(prompt.getAdapter())))
                    .orElse(""))
            .setTemplateHash(chat ? model.map(ModelDescription::templateHash).orElse("") : "")
            .setPool(pool)
            .setConversation(JudgedConversation.of(prompt))
            .setChoices(Math.max(1, prompt.getSampling().getN()))
            .setPolicy(admitted.getPolicy())
            .setReleaseMode(admitted.getReleaseMode())
            .setMetadata(prompt.getMetadata())
            .setSubmitTime(prompt.getSubmitTime())
            .setDeadline(prompt.getDeadline())
            .build();
    return event(admission.getRequestId(), GenerationType.STARTED, now).setStarted(started).build();
  }

  /** For a request too large to be repeated: it fails next, so nobody needs its content. */
  static dev.chasqui.events.GenerationEvent startedWithoutContent(
      AdmissionEvent admission, String pool, Instant now) {
    var whole = started(admission, Optional.empty(), pool, now);
    GenerationStarted bare =
        GenerationStarted.newBuilder(whole.getStarted())
            .setConversation(List.of())
            .setMetadata(Map.of())
            .build();
    return event(admission.getRequestId(), GenerationType.STARTED, now).setStarted(bare).build();
  }

  static dev.chasqui.events.GenerationEvent tokens(
      String requestId, int choice, GenerationEvent.Tokens tokens, Instant now) {
    List<Logprobs> logprobs = tokens.logprobs();
    TokensGenerated generated =
        TokensGenerated.newBuilder()
            .setChoice(choice)
            .setSequence(tokens.sequence())
            .setTokenIds(tokens.tokenIds().stream().boxed().toList())
            .setText(tokens.text())
            .setLogprobs(
                logprobs.isEmpty() ? null : logprobs.stream().map(Logprobs::logprob).toList())
            .setAlternatives(alternatives(logprobs))
            .build();
    return event(requestId, GenerationType.TOKENS, now).setTokens(generated).build();
  }

  static dev.chasqui.events.GenerationEvent finished(
      String requestId, Ending.Finished ending, Instant now) {
    GenerationEvent.Usage usage = ending.finished().usage();
    GenerationEvent.Timings timings = ending.finished().timings();
    GenerationFinished body =
        new GenerationFinished(
            reason(ending.finished().reason()),
            new Usage(usage.promptTokens(), usage.cachedPromptTokens(), usage.completionTokens()),
            new Timings(
                timings.queued().toMillis(),
                timings.firstToken().toMillis(),
                timings.total().toMillis()),
            ending.stopReason(),
            choices(ending.choices()));
    return event(requestId, GenerationType.FINISHED, now).setFinished(body).build();
  }

  static dev.chasqui.events.GenerationEvent failed(
      String requestId, Ending.Failed failed, Instant now) {
    GenerationFailed body = new GenerationFailed(failed.code(), failed.message());
    return event(requestId, GenerationType.FAILED, now).setFailed(body).build();
  }

  static dev.chasqui.events.GenerationEvent stopMissed(
      String requestId, String reason, Instant now) {
    return event(requestId, GenerationType.STOP_MISSED, now)
        .setStopMissed(new StopMissed(reason))
        .build();
  }

  /** Null where there are none, as the schema has it. */
  private static @Nullable List<TokenAlternatives> alternatives(List<Logprobs> logprobs) {
    return logprobs.stream().allMatch(each -> each.alternatives().isEmpty())
        ? null
        : logprobs.stream()
            .map(each ->
                new TokenAlternatives(
                    each.alternatives().stream().boxed().toList(), each.alternativeLogprobs()))
            .toList();
  }

  private static List<ChoiceFinished> choices(List<GenerationEvent.Finished> ends) {
    return IntStream.range(0, ends.size())
        .mapToObj(choice ->
            new ChoiceFinished(
                choice,
                reason(ends.get(choice).reason()),
                ends.get(choice).toolCalls().stream()
                    .map(call -> new ToolCall(call.name(), call.arguments()))
                    .toList()))
        .toList();
  }

  private static FinishReason reason(dev.chasqui.engine.api.FinishReason reason) {
    return switch (reason) {
      case STOP -> FinishReason.STOP;
      case LENGTH -> FinishReason.LENGTH;
      case CANCELLED -> FinishReason.CANCELLED;
      case EXPIRED -> FinishReason.EXPIRED;
    };
  }

  private static dev.chasqui.events.GenerationEvent.Builder event(
      String requestId, GenerationType type, Instant now) {
    return dev.chasqui.events.GenerationEvent.newBuilder()
        .setRequestId(requestId)
        .setType(type)
        .setTime(now);
  }
}
