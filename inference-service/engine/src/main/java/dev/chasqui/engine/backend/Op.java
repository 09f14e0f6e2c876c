package dev.chasqui.engine.backend;

import java.util.List;

/**
 * One operation of a {@link Program} on slots and weights. Every row of a result depends on its own
 * row of the input alone, but for {@link Attend}, which reads the KV blocks of its sequence.
 */
public sealed interface Op {

  /**
   * {@code out[r] = table[tokenIds[r]]}.
   *
   * @param table embedding table {@code [vocabulary, width]}
   * @param out rows of the table
   */
  record Embed(Weight table, Slot out) implements Op {

    /** Checks the widths. */
    public Embed {
      check("embed", out.width(), table.columns());
    }
  }

  /**
   * {@code out = in / sqrt(mean(in²) + epsilon) * gain} (RMSNorm, arXiv 1910.07467).
   *
   * @param in rows to normalise
   * @param gain one factor for each column
   * @param epsilon added under the root
   * @param out normalised rows; may be the slot {@code in}
   */
  record RmsNorm(Slot in, Weight gain, float epsilon, Slot out) implements Op {

    /** Checks the widths. */
    public RmsNorm {
      check("norm", in.width(), out.width());
      check("norm gain", gain.columns(), in.width());
    }
  }

  /**
   * {@code out_i = in * weight_iᵀ} for every projection: they read the same input, so that a
   * backend may prepare it once and compute all of them together (query, key and value; gate and
   * up).
   *
   * @param in {@code [rows, K]}
   * @param projections at least one
   */
  record Project(Slot in, List<Projection> projections) implements Op {

    /** Copies the list and checks the widths. */
    public Project {
      projections = List.copyOf(projections);
      for (Projection projection : projections) {
        check("projection " + projection.weight, in.width(), projection.weight.columns());
      }
    }
  }

  /**
   * One matrix and where its product goes.
   *
   * @param weight {@code [N, K]}
   * @param out {@code [rows, N]}; not the input
   */
  record Projection(Weight weight, Slot out) {

    /** Checks the widths. */
    public Projection {
      check("projection " + weight, out.width(), weight.rows());
    }
  }

  /**
   * {@code to[r] += bias} for every row.
   *
   * @param bias one term for each column
   * @param to what is added to
   */
  record AddBias(Weight bias, Slot to) implements Op {

    /** Checks the widths. */
    public AddBias {
      check("bias", to.width(), bias.columns());
    }
  }

  /**
   * Turns the pairs of every head by the row's position, in place.
   *
   * @param heads queries or keys {@code [rows, heads, headSize]}
   * @param rotation by how much
   */
  record Rotate(Slot heads, Rotation rotation) implements Op {

    /** Checks that the row holds whole heads. */
    public Rotate {
      check("rotation", heads.width() % rotation.headSize(), 0);
    }
  }

  /**
   * Writes keys and values of every row into the KV blocks of its sequence.
   *
   * @param layer which layer's blocks
   * @param keys rotated keys {@code [rows, kvHeads, headSize]}
   * @param values {@code [rows, kvHeads, headSize]}
   */
  record StoreKv(int layer, Slot keys, Slot values) implements Op {

    /** Checks the widths. */
    public StoreKv {
      check("keys and values", keys.width(), values.width());
    }
  }

  /**
   * Causal attention of every row over positions 0 to its own of its sequence: {@code softmax(q kᵀ
   * * scale) v}.
   *
   * @param layer which layer's blocks
   * @param queries rotated queries {@code [rows, heads, headSize]}
   * @param out {@code [rows, heads, headSize]}; not the slot {@code queries}
   */
  record Attend(int layer, Slot queries, Slot out) implements Op {

    /** Checks the widths. */
    public Attend {
      check("attention", queries.width(), out.width());
    }
  }

  /**
   * {@code out = silu(gate) * up} with {@code silu(x) = x / (1 + e^-x)} (SwiGLU, arXiv 2002.05202).
   *
   * @param gate {@code [rows, ffnSize]}
   * @param up {@code [rows, ffnSize]}
   * @param out {@code [rows, ffnSize]}; may be one of the inputs
   */
  record SwiGlu(Slot gate, Slot up, Slot out) implements Op {

    /** Checks the widths. */
    public SwiGlu {
      check("gate and up", gate.width(), up.width());
      check("gate and output", gate.width(), out.width());
    }
  }

  /**
   * {@code to += term}: the residual connection.
   *
   * @param term what is added
   * @param to what it is added to
   */
  record Add(Slot term, Slot to) implements Op {

    /** Checks the widths. */
    public Add {
      check("sum", term.width(), to.width());
    }
  }

  /**
   * Copies the rows whose logits are asked for.
   *
   * @param in a slot of all tokens
   * @param out a slot of the logit rows
   */
  record TakeLogitRows(Slot in, Slot out) implements Op {

    /** Checks widths and kinds. */
    public TakeLogitRows {
      check("logit rows", in.width(), out.width());
      if (in.rows() != Slot.Rows.TOKENS || out.rows() != Slot.Rows.LOGITS) {
        throw new IllegalArgumentException("logit rows go from a TOKENS slot to a LOGITS slot");
      }
    }
  }

  private static void check(String what, int width, int expected) {
    if (width != expected) {
      throw new IllegalArgumentException(
          "%s: width %d where %d is needed".formatted(what, width, expected));
    }
  }
}
