package dev.chasqui.cli.kafka;

import dev.chasqui.cli.CommandException;
import dev.chasqui.events.ResponseEvent;
import dev.chasqui.events.TokensReleased;
import dev.chasqui.events.TokensRetracted;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** What has come back for one request so far. Owned by one thread. */
public final class Reply {

  private final Map<Integer, List<TokensReleased>> choices = new TreeMap<>();
  private final Map<Integer, Integer> retractions = new TreeMap<>();
  private Optional<ResponseEvent> end = Optional.empty();

  /**
   * Takes the next response.
   *
   * @param event of this request
   * @throws CommandException if it leaves a hole, repeats what is there or takes back half a
   *     record: Chasqui broke its word
   */
  public void accept(ResponseEvent event) {
    switch (event.getType()) {
      case TOKENS -> append(event.getTokens());
      case RETRACTED -> takeBack(event.getRetracted());
      case FINISHED, REJECTED, CANCELLED, EXPIRED, FAILED -> end = Optional.of(event);
      case UNKNOWN -> {
        // of a later version: nothing that this one could show
      }
    }
  }

  private void append(TokensReleased tokens) {
    List<TokensReleased> answer =
        choices.computeIfAbsent(tokens.getChoice(), c -> new ArrayList<>());
    int next = answer.isEmpty() ? 0 : end(answer.getLast());
    if (tokens.getSequence() != next) {
      throw new CommandException(
          "choice %d goes on at token %d where %d is next: records are lost or repeated. Please report it."
              .formatted(tokens.getChoice(), tokens.getSequence(), next));
    }
    answer.add(tokens);
  }

  private void takeBack(TokensRetracted retracted) {
    int from = retracted.getFromSequence();
    List<TokensReleased> answer = choices.getOrDefault(retracted.getChoice(), new ArrayList<>());
    answer.removeIf(each -> each.getSequence() >= from);
    if (!answer.isEmpty() && end(answer.getLast()) > from) {
      throw new CommandException(
          "choice %d is taken back from token %d, in the middle of the record of tokens %d to %d. Please report it."
              .formatted(
                  retracted.getChoice(),
                  from,
                  answer.getLast().getSequence(),
                  end(answer.getLast()) - 1));
    }
    retractions.put(retracted.getChoice(), from);
  }

  private static int end(TokensReleased tokens) {
    return tokens.getSequence() + tokens.getTokenIds().size();
  }

  /** Returns the final response, once it is there. */
  public Optional<ResponseEvent> end() {
    return end;
  }

  /** Returns the answers of which tokens were taken back, with the first position that was. */
  Map<Integer, Integer> retractions() {
    return Map.copyOf(retractions);
  }

  /** Returns the numbers of the answers that have begun. */
  List<Integer> choices() {
    return List.copyOf(choices.keySet());
  }

  /**
   * Returns the text of an answer, without what was taken back.
   *
   * @param choice which one, from 0
   */
  public String text(int choice) {
    StringBuilder text = new StringBuilder();
    choices.getOrDefault(choice, List.of()).forEach(each -> text.append(each.getText()));
    return text.toString();
  }

  /**
   * Returns the token ids of an answer, without those taken back.
   *
   * @param choice which one, from 0
   */
  public List<Integer> tokenIds(int choice) {
    return choices.getOrDefault(choice, List.of()).stream()
        .flatMap(each -> each.getTokenIds().stream())
        .toList();
  }
}
