package dev.chasqui.cli.review;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.chasqui.cli.CommandException;
import dev.chasqui.cli.terminal.Paint;
import dev.chasqui.events.ReviewDecided;
import dev.chasqui.events.ReviewDecision;
import dev.chasqui.events.ReviewEvent;
import dev.chasqui.events.ReviewRequested;
import dev.chasqui.events.ReviewType;
import dev.chasqui.events.VerdictSubject;
import java.time.Instant;
import java.util.List;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

class ReviewBoardTests {

  private static final Instant NOON = Instant.parse("2026-11-24T12:00:00Z");

  private final ReviewBoard board = new ReviewBoard();

  @Test
  void listsWhatIsOpenLongestFirst() {
    board.accept(asked("b", 1, NOON.plusSeconds(5)));
    board.accept(asked("a", 1, NOON));
    board.accept(asked("c", 1, NOON.plusSeconds(1)));
    board.accept(decided("c", 1, ReviewDecision.APPROVE));

    assertThat(board.open()).extracting(Review::requestId).containsExactly("a", "b");
    assertThat(board.all()).extracting(Review::requestId).containsExactly("a", "c", "b");
  }

  @Test
  void opensAgainWithTheNextNumberAfterAnEdit() {
    board.accept(asked("a", 1, NOON));
    board.accept(decided("a", 1, ReviewDecision.EDIT));
    board.accept(asked("a", 2, NOON.plusSeconds(1)));

    assertThat(board.toDecide("a", OptionalInt.empty()).asked().getNumber()).isEqualTo(2);
    assertThatThrownBy(() -> board.toDecide("a", OptionalInt.of(1)))
        .isInstanceOf(CommandException.class)
        .hasMessageContaining("has ended: edited by ann");
    assertThatThrownBy(() -> board.toDecide("a", OptionalInt.of(3)))
        .hasMessageContaining("no review 3");
  }

  @Test
  void keepsPromptAndAnswerOfOneRequestApart() {
    board.accept(asked("a", 1, NOON));
    ReviewEvent prompt = asked("a", 1, NOON.plusSeconds(9));
    board.accept(
        ReviewEvent.newBuilder(prompt)
            .setRequested(
                ReviewRequested.newBuilder(prompt.getRequested())
                    .setSubject(VerdictSubject.RESPONSE)
                    .build())
            .build());
    board.accept(decided("a", 1, ReviewDecision.APPROVE));

    assertThat(board.open())
        .singleElement()
        .extracting(review -> review.asked().getSubject())
        .isEqualTo(VerdictSubject.RESPONSE);
  }

  @Test
  void saysWhatToDoWhereNothingIsToDecide() {
    assertThatThrownBy(() -> board.toDecide("nobody", OptionalInt.empty()))
        .hasMessageContaining("no review of request nobody")
        .hasMessageContaining("chasqui review list");
    board.accept(asked("a", 1, NOON));
    board.accept(decided("a", 1, ReviewDecision.TIMED_OUT));
    assertThatThrownBy(() -> board.toDecide("a", OptionalInt.empty()))
        .hasMessageContaining("timed out");
  }

  @Test
  void showsALineThatFitsTheTerminal() {
    Review review = Review.of(asked("a", 1, NOON));

    String line = ReviewWords.line(review, NOON, 100, Paint.PLAIN);

    assertThat(line).startsWith("a  prompt 1  score 0.30 [S1]  1h left, then reject  how do I");
    assertThat(line).hasSize(100).endsWith("…").doesNotContain("\n");
  }

  @Test
  void showsWhoDecidedWhenAndWhy() {
    Review review = Review.of(asked("a", 1, NOON)).ended(decided("a", 1, ReviewDecision.REJECT));

    assertThat(ReviewWords.page(review, NOON))
        .contains("rejected by ann at " + NOON.plusSeconds(60) + " (because)")
        .contains("review      1 of the prompt")
        .contains("\n  how do I");
  }

  private static ReviewEvent asked(String id, int number, Instant time) {
    return ReviewEvent.newBuilder()
        .setRequestId(id)
        .setType(ReviewType.REQUESTED)
        .setTime(time)
        .setRequested(
            ReviewRequested.newBuilder()
                .setText("how do I\n" + "x".repeat(200))
                .setScore(0.3)
                .setCategories(List.of("S1"))
                .setNumber(number)
                .setExpiry(time.plusSeconds(3600))
                .build())
        .build();
  }

  private static ReviewEvent decided(String id, int number, ReviewDecision decision) {
    return ReviewEvent.newBuilder()
        .setRequestId(id)
        .setType(ReviewType.DECIDED)
        .setTime(NOON.plusSeconds(60))
        .setDecided(
            ReviewDecided.newBuilder()
                .setDecision(decision)
                .setReviewer("ann")
                .setReason("because")
                .setNumber(number)
                .build())
        .build();
  }
}
