package dev.chasqui.engine.api;

/**
 * A function that the model asks its caller to run.
 *
 * @param name the function
 * @param arguments a JSON object of the arguments by name
 */
public record ToolCall(String name, String arguments) {}
