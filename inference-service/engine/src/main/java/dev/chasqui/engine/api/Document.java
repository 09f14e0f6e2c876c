package dev.chasqui.engine.api;

/**
 * A document that a prompt brings along; all of it is someone else's text.
 *
 * @param title what it is called; may be empty
 * @param content its text
 */
public record Document(String title, String content) {}
