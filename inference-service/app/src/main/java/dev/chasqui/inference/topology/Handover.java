package dev.chasqui.inference.topology;

import dev.chasqui.engine.api.GenerationRequest;
import dev.chasqui.engine.api.InvalidRequestException;
import dev.chasqui.engine.api.ModelDescription;
import dev.chasqui.events.AdmissionEvent;
import java.util.Optional;

/** What becomes of a request that has its turn. */
sealed interface Handover {

  /** It goes to an engine. */
  record Ready(GenerationRequest request) implements Handover {}

  /** It ends here. */
  record Refused(Ending.Failed failed) implements Handover {}

  /**
   * Looks whether an engine can take the request on.
   *
   * @param admission what was admitted
   * @param progress what was made known of the answer
   * @param model what the engine has loaded
   */
  static Handover of(AdmissionEvent admission, Ledger.Progress progress, ModelDescription model) {
    Optional<String> unsupported = UnsupportedFields.firstOf(admission.getAdmitted().getPrompt());
    if (unsupported.isPresent()) {
      return refused("not-supported", unsupported.get());
    }
    if (!progress.isEmpty() && !progress.modelHash().equals(model.modelHash())) {
      return refused("model-changed", changed(progress, model));
    }
    try {
      return new Ready(EngineRequests.of(admission, progress.tokenIds(), model.contextLength()));
    } catch (InvalidRequestException e) {
      return refused(e.code(), e.getMessage());
    }
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
