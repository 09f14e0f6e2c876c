package dev.chasqui.engine.backend;

/**
 * Cosines and sines of one rotation for the rows of a step: float32, row-major {@code [rows,
 * pairs]}. The angle of a pair is the float32 product of position and inverse frequency, as in the
 * reference.
 */
public final class Angles {

  private final Rotation rotation;
  private final float[] inverseFrequencies;
  private final Activation cosines;
  private final Activation sines;

  /**
   * Makes angles of no rows.
   *
   * @param rotation whose frequencies
   */
  public Angles(Rotation rotation) {
    this.rotation = rotation;
    this.inverseFrequencies = rotation.inverseFrequencies();
    this.cosines = new Activation(0, rotation.pairs());
    this.sines = new Activation(0, rotation.pairs());
  }

  /**
   * Computes the angles of a step.
   *
   * @param step whose positions
   */
  public void prepare(Step step) {
    cosines.resize(step.rows());
    sines.resize(step.rows());
    for (int i = 0; i < step.slices().size(); i++) {
      Slice slice = step.slices().get(i);
      float[] frequencies = frequencies(slice.sequenceLength());
      for (int row = 0; row < slice.rows(); row++) {
        fill(slice.firstRow() + row, slice.startPosition() + row, frequencies);
      }
    }
  }

  private float[] frequencies(int sequenceLength) {
    return sequenceLength <= rotation.stableLength()
        ? inverseFrequencies
        : rotation.stretchedFrequencies(sequenceLength);
  }

  private void fill(int row, int position, float[] frequencies) {
    int offset = row * frequencies.length;
    for (int pair = 0; pair < frequencies.length; pair++) {
      float angle = position * frequencies[pair];
      cosines.values()[offset + pair] = (float) Math.cos(angle) * rotation.amplitude();
      sines.values()[offset + pair] = (float) Math.sin(angle) * rotation.amplitude();
    }
  }

  /** Returns the rotation. */
  public Rotation rotation() {
    return rotation;
  }

  /** Returns the cosines, {@code [rows, pairs]}. */
  public float[] cosines() {
    return cosines.values();
  }

  /** Returns the sines, {@code [rows, pairs]}. */
  public float[] sines() {
    return sines.values();
  }
}
