package dev.chasqui.inference.topology;

import dev.chasqui.engine.api.GenerationRequest;
import dev.chasqui.engine.api.InvalidRequestException;
import dev.chasqui.engine.api.ModelDescription;
import dev.chasqui.events.AdmissionEvent;
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
    Optional<String> unsupported = UnsupportedFields.firstOf(admission.getAdmitted().getPrompt());
    if (unsupported.isPresent()) {
      return refused("not-supported", unsupported.get());
    }
    for (Ledger.Progress choice : progress) {
      if (!choice.isEmpty() && !choice.modelHash().equals(model.modelHash())) {
        return refused("model-changed", changed(choice, model));
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

  private static String changed(Ledger.Progress progress, ModelDescription model) {
    return "The answer was begun by the model %s and has %d tokens, but %s is now %s. Submit it again."
        .formatted(
            progress.modelHash(), progress.tokenIds().size(), model.name(), model.modelHash());
  }

  private static Refused refused(String code, String message) {
    return new Refused(new Ending.Failed(code, message));
  }
}
