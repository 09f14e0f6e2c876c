package dev.chasqui.engine.backend;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * What the adapters of a session add to its products.
 *
 * @param adapters in the order in which slices name them
 */
public record AdapterTerms(List<Adapter> adapters) {

  /**
   * Takes the adapters of a program.
   *
   * @param adapters in the order in which slices name them
   * @param program what they change
   * @throws IllegalArgumentException if one changes what the program does not multiply with
   */
  public AdapterTerms(List<Adapter> adapters, Program program) {
    this(adapters);
    Set<String> multiplied =
        program.ops().stream()
            .filter(Op.Project.class::isInstance)
            .flatMap(op -> ((Op.Project) op).projections().stream())
            .map(projection -> projection.weight().name())
            .collect(Collectors.toSet());
    for (Adapter adapter : adapters) {
      Set<String> unknown = new TreeSet<>(adapter.changes().keySet());
      unknown.removeAll(multiplied);
      if (!unknown.isEmpty()) {
        throw new IllegalArgumentException(
            "adapter %s changes %s, which %s does not multiply with"
                .formatted(adapter.name(), unknown, program.name()));
      }
    }
  }

  /**
   * A change of a product.
   *
   * @param projection the product
   * @param change what is added to it
   */
  public record Term(Op.Projection projection, LowRank change) {}

  /**
   * Returns what an adapter adds to the products of an op.
   *
   * @param adapter its place
   * @param op the products
   * @return one for each product that it changes
   * @throws IllegalArgumentException if a change does not fit its weight
   */
  public List<Term> of(int adapter, Op.Project op) {
    List<Term> terms = new ArrayList<>();
    for (Op.Projection projection : op.projections()) {
      change(adapter, projection.weight()).ifPresent(c -> terms.add(new Term(projection, c)));
    }
    return terms;
  }

  private Optional<LowRank> change(int adapter, Weight weight) {
    return Optional.ofNullable(adapters.get(adapter).changes().get(weight.name()))
        .map(change -> change.fitting(weight));
  }
}
