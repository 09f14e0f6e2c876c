package dev.chasqui.engine.api;

/** A request that cannot be served as it stands, whoever serves it. */
public final class InvalidRequestException extends EngineException {

  private static final long serialVersionUID = 1L;

  /** The code of requests that break a rule which has no code of its own. */
  private static final String INVALID_REQUEST = "invalid-request";

  private final String code;
  private final String field;

  /**
   * Says what is wrong.
   *
   * @param field the field at fault, in kebab case
   * @param value its value
   * @param limit what it may be
   * @param remedy what to do
   */
  public InvalidRequestException(String field, String value, String limit, String remedy) {
    super("%s is %s: %s. %s".formatted(field, value, limit, remedy));
    this.code = INVALID_REQUEST;
    this.field = field;
  }

  /**
   * Says what is wrong where there is a code for it.
   *
   * @param code stable code, for example {@code empty-prompt}
   * @param field the field at fault, in kebab case
   * @param message field, value, limit, remedy
   */
  public InvalidRequestException(String code, String field, String message) {
    super(message);
    this.code = code;
    this.field = field;
  }

  /** Returns the stable code of what is wrong. */
  public String code() {
    return code;
  }

  /** Returns the field at fault. */
  public String field() {
    return field;
  }

  static void checkRange(String field, float value, float least, float most) {
    if (!(value >= least && value <= most)) {
      throw outOfRange(field, Float.toString(value), Float.toString(least), Float.toString(most));
    }
  }

  static void checkRange(String field, int value, int least, int most) {
    if (value < least || value > most) {
      throw outOfRange(
          field, Integer.toString(value), Integer.toString(least), Integer.toString(most));
    }
  }

  private static InvalidRequestException outOfRange(
      String field, String value, String least, String most) {
    return new InvalidRequestException(
        field,
        value,
        "it must lie in [" + least + ", " + most + "]",
        "Give a value in that range.");
  }
}
