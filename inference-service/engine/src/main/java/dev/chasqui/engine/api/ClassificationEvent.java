package dev.chasqui.engine.api;

import java.util.List;

/** The one answer to a {@link ClassificationRequest}. */
public sealed interface ClassificationEvent {

  /**
   * The labels of the text.
   *
   * @param labels what the head gives for each, raw: no softmax or sigmoid is applied
   * @param promptTokens tokens of the text
   */
  record Classified(List<Float> labels, int promptTokens) implements ClassificationEvent {

    /** Copies the list. */
    public Classified {
      labels = List.copyOf(labels);
    }
  }

  /**
   * There are none.
   *
   * @param code stable code, for example {@code context-length-exceeded} or {@code cancelled}
   * @param message what is wrong, the value, the limit, what to do
   */
  record Failed(String code, String message) implements ClassificationEvent {}
}
