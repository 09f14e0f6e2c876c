package dev.chasqui.engine.api;

/**
 * A function that the model may ask its caller to run.
 *
 * @param name its name
 * @param description what it does, for the model to read; may be empty
 * @param parameters JSON schema of its arguments; empty for a function that takes none
 */
public record Tool(String name, String description, String parameters) {

  /** Checks the name. */
  public Tool {
    if (name.isBlank()) {
      throw new InvalidRequestException(
          "tools", "a tool named \"" + name + "\"", "a name is needed", "Name the function.");
    }
  }
}
