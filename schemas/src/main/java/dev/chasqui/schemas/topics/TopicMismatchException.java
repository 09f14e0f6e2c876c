package dev.chasqui.schemas.topics;

/** Topics exist already and are not as the topologies need them. */
public final class TopicMismatchException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /**
   * Says which topics differ and what to do.
   *
   * @param message the whole list
   */
  public TopicMismatchException(String message) {
    super(message);
  }
}
