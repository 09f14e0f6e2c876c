package dev.chasqui.engine.backend;

/**
 * A reference to a weight by name, with the shape that the program expects.
 *
 * @param name name in the map of weights
 * @param rows outputs of a matrix; 1 for a vector
 * @param columns inputs of a matrix; length of a vector
 */
public record Weight(String name, int rows, int columns) {}
