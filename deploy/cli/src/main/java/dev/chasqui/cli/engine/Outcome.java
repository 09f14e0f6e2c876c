package dev.chasqui.cli.engine;

import tools.jackson.databind.node.ObjectNode;

/** What became of one prompt. */
sealed interface Outcome permits Answer, Outcome.Failure {

  /** Puts it into a row. */
  void putInto(ObjectNode fields);

  /**
   * There is no answer.
   *
   * @param code stable code, for example {@code context-length-exceeded}
   * @param message what is wrong, the value, the limit, what to do
   */
  record Failure(String code, String message) implements Outcome {

    @Override
    public void putInto(ObjectNode fields) {
      fields.putObject("error").put("code", code).put("message", message);
    }
  }
}
