package dev.chasqui.engine.backend;

import dev.chasqui.engine.tensor.Tensor;
import java.util.List;

/**
 * The maths of a Java backend; {@link InterpretedBackend} runs programs on it. Called by one
 * thread; each call returns when its work is done. How a call is split over threads is the kernels'
 * own business, but a row's result must not depend on the split or on the other rows.
 */
public interface Kernels extends AutoCloseable {

  /**
   * Brings weight matrices that are multiplied with the same input into the form that {@link
   * #project} reads. Called once at load.
   *
   * @param weights matrices {@code [N_i, K]} of any dtype and any mixture of dtypes; readable until
   *     these kernels are closed
   * @return the prepared matrices
   */
  Prepared prepare(List<Tensor> weights);

  /** Weight matrices in the form that one implementation of the kernels reads. */
  interface Prepared {}

  /**
   * {@code out_i[r][n] = sum over k of in[r][k] * weight_i[n][k]}.
   *
   * @param weights what {@link #prepare} returned
   * @param in {@code [rows, K]}
   * @param outs {@code [rows, N_i]} each, in the order of the weights; none is the input
   */
  void project(Prepared weights, Activation in, List<Activation> outs);

  /**
   * Brings the changes of one adapter to matrices that are multiplied with the same input into the
   * form that {@link #addLowRank} reads. Called once at load.
   *
   * @param terms {@code down_i [rank_i, K]}, {@code up_i [N_i, rank_i]} and their scale, of any
   *     dtype; readable until these kernels are closed
   * @return the prepared changes
   */
  PreparedLowRank prepareLowRank(List<LowRank> terms);

  /** The changes of an adapter in the form that one implementation of the kernels reads. */
  interface PreparedLowRank {}

  /**
   * {@code out_i[r] += scale_i * (in[r] * down_iᵀ) * up_iᵀ} for some rows.
   *
   * @param terms what {@link #prepareLowRank} returned
   * @param in {@code [rows, K]}
   * @param rows which rows to change, at least one
   * @param outs {@code [rows, N_i]} each, in the order of the terms; none is the input
   */
  void addLowRank(PreparedLowRank terms, Activation in, RowSet rows, List<Activation> outs);

  /**
   * {@code out[r] = in[r] / sqrt(mean(in[r]²) + epsilon) * gain}.
   *
   * @param in {@code [rows, width]}
   * @param gain {@code [width]}
   * @param epsilon added under the root
   * @param out {@code [rows, width]}; may be the input
   */
  void rmsNorm(Activation in, float[] gain, float epsilon, Activation out);

  /**
   * Turns the pairs of every head in place: {@code (a, b) -> (a cos - b sin, a sin + b cos)}.
   *
   * @param heads {@code [rows, heads, headSize]}
   * @param angles cosines and sines of the rows
   */
  void rotate(Activation heads, Angles angles);

  /**
   * Causal attention of every row over positions 0 to its own, whose keys and values are stored.
   *
   * @param step which rows are whose, and their blocks
   * @param queries {@code [rows, heads, headSize]}
   * @param pages keys and values of the layer
   * @param shape the heads
   * @param out {@code [rows, heads, headSize]}; not the queries
   */
  void attend(Step step, Activation queries, KvPages pages, AttentionShape shape, Activation out);

  /**
   * {@code out = silu(gate) * up}.
   *
   * @param gate {@code [rows, width]}
   * @param up {@code [rows, width]}
   * @param out {@code [rows, width]}; may be one of the inputs
   */
  void swiGlu(Activation gate, Activation up, Activation out);

  /**
   * {@code to += term}.
   *
   * @param term {@code [rows, width]}
   * @param to {@code [rows, width]}
   */
  void add(Activation term, Activation to);

  /** Ends the threads and frees prepared weights. */
  @Override
  void close();
}
