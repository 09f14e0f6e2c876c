package dev.chasqui.cli.guard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.chasqui.cli.json.JsonRows;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.node.ObjectNode;

class EvaluationTests {

  /** scikit-learn: {@code average_precision_score([0, 0, 1, 1], [0.1, 0.4, 0.35, 0.8])}. */
  @Test
  void weighsPrecisionByTheRecallGained() {
    List<Labelled> rows =
        List.of(row(false, 0.1), row(false, 0.4), row(true, 0.35), row(true, 0.8));
    assertThat(new PrecisionRecall(rows).area()).isCloseTo(0.8333333, within(1e-6));
  }

  @Test
  void takesRowsOfOneScoreTogether() {
    List<Labelled> rows = List.of(row(true, 0.5), row(false, 0.5), row(false, 0.5), row(true, 0.5));
    assertThat(new PrecisionRecall(rows).area()).isEqualTo(0.5);
  }

  @Test
  void putsTheAreaIntoItsInterval() {
    Random random = new Random(3);
    List<Labelled> rows = new ArrayList<>();
    for (int i = 0; i < 500; i++) {
      rows.add(row(i % 3 == 0, random.nextGaussian() + (i % 3 == 0 ? 1 : 0)));
    }
    PrecisionRecall curve = new PrecisionRecall(rows);
    double[] interval = curve.interval(1);
    assertThat(curve.area()).isBetween(interval[0], interval[1]);
    assertThat(interval[1] - interval[0]).isBetween(0.05, 0.2);
  }

  /** Wilson's interval of 8 of 10: 0.490 to 0.943. */
  @Test
  void givesTheIntervalOfAShare() {
    Share share = new Share(8, 10);
    assertThat(share.low()).isCloseTo(0.490, within(1e-3));
    assertThat(share.high()).isCloseTo(0.943, within(1e-3));
    assertThat(new Share(0, 20).low()).isZero();
  }

  @Test
  void countsBySourceAndCategory() {
    List<Labelled> rows =
        List.of(
            new Labelled(true, 0.9, "web", List.of("S1", "S9")),
            new Labelled(true, 0.2, "web", List.of("S1")),
            new Labelled(false, 0.7, "web", List.of()),
            new Labelled(false, 0.1, "tales", List.of("S1")),
            new Labelled(true, 0.2, "threats", List.of("S2")),
            new Labelled(true, 0.9, "threats", List.of("S2")));
    Evaluation evaluation = new Evaluation(rows, 0.5);
    ObjectNode json = JsonRows.object();
    evaluation.putInto(json);
    assertThat(json.at("/all/f1").doubleValue()).isCloseTo(4.0 / 7, within(1e-9));
    assertThat(json.at("/all/false_positive_rate/share").doubleValue()).isEqualTo(0.5);
    assertThat(json.at("/sources/tales/false_positive_rate/hits").intValue()).isZero();
    assertThat(json.at("/sources/web/auprc").isMissingNode()).isFalse();
    assertThat(json.at("/sources/tales/auprc").isMissingNode()).isTrue();
    assertThat(json.at("/sources/threats/auprc").isMissingNode()).isTrue();
    assertThat(json.at("/sources/threats/recall/share").doubleValue()).isEqualTo(0.5);
    assertThat(json.at("/recall_by_category/S1/share").doubleValue()).isEqualTo(0.5);
    assertThat(json.at("/recall_by_category/S9/of").intValue()).isEqualTo(1);
    assertThat(evaluation.table()).contains("web", "tales", "recall by category");
  }

  private static Labelled row(boolean unsafe, double score) {
    return new Labelled(unsafe, score, "test", List.of());
  }
}
