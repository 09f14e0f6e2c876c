package dev.chasqui.guard.topology.output;

import dev.chasqui.events.TokenAlternatives;
import dev.chasqui.events.TokensGenerated;
import dev.chasqui.events.TokensReleased;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/**
 * The chunks of one choice of an answer, in order.
 *
 * @param chunks from position 0, without gap
 */
record AnswerText(List<TokensGenerated> chunks) {

  /** Keeps records far below any size limit, and their number low. */
  private static final int MOST_TOKENS_A_RECORD = 512;

  int size() {
    return chunks.isEmpty() ? 0 : end(chunks.getLast());
  }

  /** The text of the chunks that lie between two chunk ends. */
  String between(int from, int to) {
    StringBuilder text = new StringBuilder();
    for (TokensGenerated chunk : chunks) {
      if (chunk.getSequence() >= from && end(chunk) <= to) {
        text.append(chunk.getText());
      }
    }
    return text.toString();
  }

  /**
   * The last chunk end behind {@code from} that is at most {@code most} tokens on; one at least.
   */
  int endWithin(int from, int most) {
    int to = from;
    for (TokensGenerated chunk : chunks) {
      int end = end(chunk);
      if (end > from && (to == from || end <= from + most)) {
        to = end;
      }
    }
    return to;
  }

  /** The first chunk start that is {@code least} or later. */
  int startFrom(int least) {
    return chunks.stream()
        .mapToInt(TokensGenerated::getSequence)
        .filter(start -> start >= least)
        .findFirst()
        .orElse(size());
  }

  /** The tokens between two chunk ends as few records. */
  List<TokensReleased.Builder> release(int from, int to) {
    List<TokensReleased.Builder> records = new ArrayList<>();
    List<TokensGenerated> batch = new ArrayList<>();
    int tokens = 0;
    for (TokensGenerated chunk : chunks) {
      if (chunk.getSequence() < from || end(chunk) > to) {
        continue;
      }
      if (!batch.isEmpty() && tokens + chunk.getTokenIds().size() > MOST_TOKENS_A_RECORD) {
        records.add(joined(batch));
        batch.clear();
        tokens = 0;
      }
      batch.add(chunk);
      tokens += chunk.getTokenIds().size();
    }
    if (!batch.isEmpty()) {
      records.add(joined(batch));
    }
    return records;
  }

  private static TokensReleased.Builder joined(List<TokensGenerated> batch) {
    TokensGenerated first = batch.getFirst();
    StringBuilder text = new StringBuilder();
    List<Integer> ids = new ArrayList<>();
    List<Float> logprobs = new ArrayList<>();
    List<TokenAlternatives> alternatives = new ArrayList<>();
    for (TokensGenerated chunk : batch) {
      text.append(chunk.getText());
      ids.addAll(chunk.getTokenIds());
      logprobs.addAll(Objects.requireNonNullElse(chunk.getLogprobs(), List.of()));
      alternatives.addAll(Objects.requireNonNullElse(chunk.getAlternatives(), List.of()));
    }
    return TokensReleased.newBuilder()
        .setChoice(first.getChoice())
        .setSequence(first.getSequence())
        .setTokenIds(ids)
        .setText(text.toString())
        .setLogprobs(logprobs.size() == ids.size() ? logprobs : null)
        .setAlternatives(alternatives.size() == ids.size() ? alternatives : null);
  }

  private static int end(TokensGenerated chunk) {
    return chunk.getSequence() + chunk.getTokenIds().size();
  }
}
