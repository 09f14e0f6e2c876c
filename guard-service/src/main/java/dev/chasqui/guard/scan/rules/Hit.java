package dev.chasqui.guard.scan.rules;

/**
 * A rule that holds at a place.
 *
 * @param rule which
 * @param offset where, in characters of the source text
 */
public record Hit(Rule rule, int offset) {}
