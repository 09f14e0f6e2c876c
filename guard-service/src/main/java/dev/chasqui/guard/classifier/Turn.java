package dev.chasqui.guard.classifier;

/**
 * One turn of a conversation as a guard sees it.
 *
 * @param side who speaks
 * @param content what is said
 */
public record Turn(Side side, String content) {}
