package dev.chasqui.engine.api;

/** A request that cannot be served as it stands, whoever serves it. */
public final class InvalidRequestException extends EngineException {

  private static final long serialVersionUID = 1L;

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
    this.field = field;
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
