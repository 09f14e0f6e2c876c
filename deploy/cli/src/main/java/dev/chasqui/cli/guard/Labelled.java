package dev.chasqui.cli.guard;

import java.util.List;

/**
 * A row whose label is known, and its score.
 *
 * @param unsafe whether it is labelled unsafe
 * @param score what the guard says, in [0, 1]
 * @param source where it comes from
 * @param categories the hazards that it is labelled with
 */
record Labelled(boolean unsafe, double score, String source, List<String> categories) {}
