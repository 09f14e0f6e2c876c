package dev.chasqui.engine.api;

/** A model computed something that no token can be drawn from. */
public final class ModelFailureException extends EngineException {

  private static final long serialVersionUID = 1L;

  /**
   * Says what was computed.
   *
   * @param message names the value and what is expected
   */
  public ModelFailureException(String message) {
    super(message);
  }

  /**
   * Returns a failure by a logit that is not a finite number.
   *
   * @param tokenId the token
   * @param logit NaN or infinite
   * @return the exception to throw
   */
  public static ModelFailureException logit(int tokenId, float logit) {
    return new ModelFailureException(
        ("the logit of token %d is %s: logits must be finite numbers."
                + " Check the checkpoint, or take backend scalar to tell it from a kernel's fault.")
            .formatted(tokenId, logit));
  }
}
