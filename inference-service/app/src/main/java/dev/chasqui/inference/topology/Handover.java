package dev.chasqui.inference.topology;

import dev.chasqui.engine.api.GenerationRequest;
import dev.chasqui.engine.api.InvalidRequestException;
import dev.chasqui.engine.api.ModelDescription;
import dev.chasqui.events.AdmissionEvent;
import dev.chasqui.events.PromptSubmitted;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/** What becomes of a request that has its turn. */
sealed interface Handover {

  /** Its choices go to an engine, in their order. */
  record Ready(List<GenerationRequest> choices) implements Handover {}

  /** It ends here. */
  record Refused(Ending.Failed failed) implements Handover {}

  /**
   * Looks whether an engine can take the request on.
   *
   * @param admission what was admitted
   * @param progress what was made known of each choice
   * @param model what the engine has loaded
   */
  static Handover of(
      AdmissionEvent admission, List<Ledger.Progress> progress, ModelDescription model) {
    PromptSubmitted prompt = admission.getAdmitted().getPrompt();
    Optional<String> unsupported = UnsupportedFields.firstOf(prompt);
    if (unsupported.isPresent()) {
      return refused("not-supported", unsupported.get());
    }
    Optional<String> adapter = Optional.ofNullable(prompt.getAdapter());
    Ledger.Origin now = new Ledger.Origin(model.modelHash(), model.adapterHash(adapter));
    for (Ledger.Progress choice : progress) {
      if (!choice.isEmpty() && !choice.origin().equals(now)) {
        return refused("model-changed", changed(choice, model.name(), now));
      }
    }
    try {
      return new Ready(
          IntStream.range(0, progress.size())
              .mapToObj(choice -> request(admission, choice, progress.get(choice), model))
              .toList());
    } catch (InvalidRequestException e) {
      return refused(e.code(), e.getMessage());
    }
  }

  private static GenerationRequest request(
      AdmissionEvent admission, int choice, Ledger.Progress progress, ModelDescription model) {
    return EngineRequests.of(
        admission, new EngineRequests.Begun(choice, progress.tokenIds()), model.contextLength());
  }

  private static String changed(Ledger.Progress progress, String model, Ledger.Origin now) {
    return "The answer was begun by the model %s and has %d tokens, but %s is now %s. Submit it again."
        .formatted(progress.origin(), progress.tokenIds().size(), model, now);
  }

  private static Refused refused(String code, String message) {
    return new Refused(new Ending.Failed(code, message));
  }
}
