package dev.chasqui.engine.backend.scalar;

import dev.chasqui.engine.backend.Activation;
import dev.chasqui.engine.backend.Angles;
import dev.chasqui.engine.backend.AttentionShape;
import dev.chasqui.engine.backend.Kernels;
import dev.chasqui.engine.backend.KvPages;
import dev.chasqui.engine.backend.LowRank;
import dev.chasqui.engine.backend.Rotation;
import dev.chasqui.engine.backend.RowSet;
import dev.chasqui.engine.backend.Slice;
import dev.chasqui.engine.backend.Step;
import dev.chasqui.engine.tensor.Dequantizer;
import dev.chasqui.engine.tensor.Tensor;
import java.util.List;

/** Plain loops. Belongs to one thread. */
final class ScalarKernels implements Kernels {

  private final ScalarAttention attention = new ScalarAttention();
  private final ScalarLowRank lowRank = new ScalarLowRank();
  private float[] weightRow = new float[0];

  /** The matrices as they are. */
  private record Matrices(List<Tensor> tensors) implements Prepared {}

  @Override
  public Prepared prepare(List<Tensor> weights) {
    for (Tensor weight : weights) {
      if (weightRow.length < weight.columns()) {
        weightRow = new float[weight.columns()];
      }
    }
    return new Matrices(List.copyOf(weights));
  }

  @Override
  public void project(Prepared weights, Activation in, List<Activation> outs) {
    List<Tensor> tensors = ((Matrices) weights).tensors;
    for (int i = 0; i < tensors.size(); i++) {
      project(tensors.get(i), in, outs.get(i));
    }
  }

  private void project(Tensor weight, Activation in, Activation out) {
    Dequantizer dequantizer = Dequantizer.of(weight.dtype());
    int inputs = weight.columns();
    int outputs = weight.rows();
    long rowBytes = weight.rowBytes();
    for (int n = 0; n < outputs; n++) {
      dequantizer.dequantize(weight.bytes(), n * rowBytes, weightRow, 0, inputs);
      for (int row = 0; row < in.rows(); row++) {
        out.values()[row * outputs + n] = dot(in.values(), row * inputs, weightRow, inputs);
      }
    }
  }

  @Override
  public PreparedLowRank prepareLowRank(List<LowRank> terms) {
    return ScalarLowRank.prepare(terms);
  }

  @Override
  public void addLowRank(PreparedLowRank terms, Activation in, RowSet rows, List<Activation> outs) {
    lowRank.add((ScalarLowRank.Terms) terms, in, rows, outs);
  }

  /** Four partial sums: one alone would wait for each addition. */
  private static float dot(float[] a, int at, float[] b, int length) {
    float s0 = 0;
    float s1 = 0;
    float s2 = 0;
    float s3 = 0;
    int i = 0;
    for (; i + 3 < length; i += 4) {
      s0 += a[at + i] * b[i];
      s1 += a[at + i + 1] * b[i + 1];
      s2 += a[at + i + 2] * b[i + 2];
      s3 += a[at + i + 3] * b[i + 3];
    }
    for (; i < length; i++) {
      s0 += a[at + i] * b[i];
    }
    return (s0 + s1) + (s2 + s3);
  }

  @Override
  public void rmsNorm(Activation in, float[] gain, float epsilon, Activation out) {
    int width = in.width();
    for (int row = 0; row < in.rows(); row++) {
      double squares = 0;
      for (int i = 0; i < width; i++) {
        float x = in.values()[row * width + i];
        squares += (double) x * x;
      }
      float factor = (float) (1 / Math.sqrt(squares / width + epsilon));
      for (int i = 0; i < width; i++) {
        out.values()[row * width + i] = in.values()[row * width + i] * factor * gain[i];
      }
    }
  }

  @Override
  public void rotate(Activation heads, Angles angles) {
    Rotation rotation = angles.rotation();
    int pairs = rotation.pairs();
    boolean interleaved = rotation.pairing() == Rotation.Pairing.INTERLEAVED;
    int stride = interleaved ? 2 : 1;
    int distance = interleaved ? 1 : pairs;
    float[] values = heads.values();
    for (int row = 0; row < heads.rows(); row++) {
      int end = (row + 1) * heads.width();
      for (int head = row * heads.width(); head < end; head += rotation.headSize()) {
        for (int pair = 0; pair < pairs; pair++) {
          int i = head + pair * stride;
          float cos = angles.cosines()[row * pairs + pair];
          float sin = angles.sines()[row * pairs + pair];
          float a = values[i];
          float b = values[i + distance];
          values[i] = a * cos - b * sin;
          values[i + distance] = a * sin + b * cos;
        }
      }
    }
  }

  @Override
  public void attend(
      Step step, Activation queries, KvPages pages, AttentionShape shape, Activation out) {
    for (int i = 0; i < step.slices().size(); i++) {
      Slice slice = step.slices().get(i);
      for (int row = 0; row < slice.rows(); row++) {
        attention.attend(slice, row, queries, pages, shape, out);
      }
    }
  }

  @Override
  public void swiGlu(Activation gate, Activation up, Activation out) {
    int count = gate.rows() * gate.width();
    for (int i = 0; i < count; i++) {
      float x = gate.values()[i];
      float silu = x / (1 + (float) Math.exp(-x));
      out.values()[i] = silu * up.values()[i];
    }
  }

  @Override
  public void add(Activation term, Activation to) {
    int count = to.rows() * to.width();
    for (int i = 0; i < count; i++) {
      to.values()[i] += term.values()[i];
    }
  }

  @Override
  public void close() {}
}
