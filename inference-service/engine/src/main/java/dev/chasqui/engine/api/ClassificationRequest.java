package dev.chasqui.engine.api;

/**
 * A text to be scored by a classifier or reward model.
 *
 * @param requestId the request, for logs
 * @param tenant on whose behalf
 * @param prompt the text, conversation or tokens; encoded as for an answer
 */
public record ClassificationRequest(String requestId, String tenant, Prompt prompt) {}
