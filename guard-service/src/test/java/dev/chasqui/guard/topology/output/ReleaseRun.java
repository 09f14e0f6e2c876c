package dev.chasqui.guard.topology.output;

import dev.chasqui.events.AdmissionEvent;
import dev.chasqui.events.FinishReason;
import dev.chasqui.events.GenerationEvent;
import dev.chasqui.events.ReleaseMode;
import dev.chasqui.events.ResponseEvent;
import dev.chasqui.events.ResponseType;
import dev.chasqui.events.SafetyVerdict;
import dev.chasqui.guard.topology.GuardDriver;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.apache.kafka.common.utils.Bytes;

/**
 * One answer by a seeded script: a generator, a guard that tells the truth, or keeps silent,
 * commits and crashes in any order. A crash rolls the stores back to the last commit, drops what
 * was written since, and sends what was read since again, as Kafka does.
 *
 * <p>Token n of choice c is {@code "c:n "} as text, so the guard knows what it looks at.
 */
final class ReleaseRun {

  private static final int MOST_TOKENS = 60;
  private static final Duration GUARD_TIMEOUT = Duration.ofSeconds(30);

  final ReleaseMode mode;
  final Policy policy;
  final List<Truth> choices = new ArrayList<>();

  /** What a read_committed reader has seen, with the number of the commit that showed it. */
  final List<Committed<ResponseEvent>> responses = new ArrayList<>();

  final List<Committed<SafetyVerdict>> verdicts = new ArrayList<>();
  final List<Committed<AdmissionEvent>> stops = new ArrayList<>();

  /** Tokens that the generator had sent at each commit, by choice. */
  final List<List<Integer>> sentAtCommit = new ArrayList<>();

  int crashes;

  /** Whether the generator had ended when the final was written. */
  boolean endedAtFinal;

  private final String id;
  private final OutputGuard out;
  private final GuardDriver guard;
  private final Random random;
  private final List<GenerationEvent> sinceCommit = new ArrayList<>();
  private final List<ResponseEvent> freshResponses = new ArrayList<>();
  private final List<SafetyVerdict> freshVerdicts = new ArrayList<>();
  private final List<AdmissionEvent> freshStops = new ArrayList<>();
  private Map<String, Map<Bytes, byte[]>> committed;
  private ResponseType generatorEnd = ResponseType.UNKNOWN;

  /** Whether what the guard cannot decide passes. */
  enum Policy {
    CLOSED,
    OPEN
  }

  /** A record and the number of the commit that made it visible. */
  record Committed<T>(int commit, T event) {}

  /** What one choice will say: positions of its first unsafe and undecidable token, or -1. */
  static final class Truth {
    final int number;
    final int unsafeAt;
    final int undecidableAt;
    int sent;
    int lastText;

    Truth(int number, int unsafeAt, int undecidableAt) {
      this.number = number;
      this.unsafeAt = unsafeAt;
      this.undecidableAt = undecidableAt;
    }

    private boolean holds(String text, int position) {
      return position >= 0 && (" " + text).contains(word(number, position));
    }
  }

  ReleaseRun(String id, OutputGuard out, ReleaseMode mode, long seed) {
    this.id = id;
    this.out = out;
    this.guard = out.driver;
    this.mode = mode;
    this.random = new Random(seed);
    this.policy = random.nextInt(3) == 0 ? Policy.OPEN : Policy.CLOSED;
    int count = 1 + random.nextInt(3);
    for (int number = 0; number < count; number++) {
      choices.add(new Truth(number, rarely(4), rarely(8)));
    }
  }

  private int rarely(int oneIn) {
    int position = random.nextInt(MOST_TOKENS);
    return random.nextInt(oneIn) == 0 ? position : -1;
  }

  private static String word(int choice, int position) {
    return " " + choice + ":" + position + " ";
  }

  /** How the generator ended, as the final of an answer that nothing stops would say. */
  ResponseType generatorEnd() {
    return generatorEnd;
  }

  /** Runs the script to its end: the generator has ended, nothing is open, all is committed. */
  ReleaseRun run() {
    committed = guard.commit();
    send(
        Generations.started(
            id,
            Generations.start(out.policies(), policy == Policy.OPEN ? "open" : "closed", mode)
                .setChoices(choices.size())
                .build()));
    for (int step = 0; generatorEnd == ResponseType.UNKNOWN; step++) {
      step(random.nextInt(100), step);
    }
    guard.turn();
    while (!guard.engine.open.isEmpty()) {
      step(40 + random.nextInt(60), 0);
      guard.turn();
    }
    commit();
    return this;
  }

  private void step(int dice, int step) {
    if (dice < 40) {
      generate();
    } else if (dice < 65) {
      answer();
    } else if (dice < 70) {
      guard.turn();
    } else if (dice < 90) {
      commit();
    } else if (dice < 95) {
      crash();
    } else if (dice < 96 && !guard.engine.open.isEmpty()) {
      guard.pass(GUARD_TIMEOUT);
    } else if (step > 20 || !stops.isEmpty()) {
      end();
    }
    collect();
  }

  private void generate() {
    Truth choice = choices.get(random.nextInt(choices.size()));
    int tokens = 1 + random.nextInt(6);
    if (generatorEnd != ResponseType.UNKNOWN || choice.sent + tokens > MOST_TOKENS) {
      return;
    }
    StringBuilder text = new StringBuilder();
    boolean isSilent = random.nextInt(10) == 0 && !holdsHarm(choice, tokens);
    for (int i = choice.sent; !isSilent && i < choice.sent + tokens; i++) {
      text.append(word(choice.number, i).strip()).append(' ');
    }
    send(Generations.said(id, choice.number, choice.sent, choice.sent + tokens, text.toString()));
    choice.sent += tokens;
    choice.lastText = isSilent ? choice.lastText : choice.sent;
  }

  private static boolean holdsHarm(Truth choice, int tokens) {
    int to = choice.sent + tokens;
    return choice.unsafeAt >= choice.sent && choice.unsafeAt < to
        || choice.undecidableAt >= choice.sent && choice.undecidableAt < to;
  }

  private void answer() {
    if (guard.engine.open.isEmpty()) {
      return;
    }
    String answer = guard.engine.open.peek().conversation().split("Agent: ", 2)[1];
    if (choices.stream().anyMatch(choice -> choice.holds(answer, choice.unsafeAt))) {
      guard.engine.unsafe();
    } else if (choices.stream().anyMatch(choice -> choice.holds(answer, choice.undecidableAt))) {
      guard.engine.undecided();
    } else {
      guard.engine.safe();
    }
    guard.turn();
  }

  private void end() {
    if (generatorEnd != ResponseType.UNKNOWN) {
      return;
    }
    switch (random.nextInt(5)) {
      case 0 -> end(ResponseType.CANCELLED, Generations.finished(id, FinishReason.CANCELLED));
      case 1 -> end(ResponseType.EXPIRED, Generations.finished(id, FinishReason.EXPIRED));
      case 2 -> end(ResponseType.FAILED, Generations.failed(id));
      default -> end(ResponseType.FINISHED, Generations.finished(id, FinishReason.STOP));
    }
  }

  private void end(ResponseType type, GenerationEvent event) {
    generatorEnd = type;
    send(event);
  }

  private void send(GenerationEvent event) {
    sinceCommit.add(event);
    out.send(event);
    collect();
  }

  private void collect() {
    List<ResponseEvent> written = guard.responses();
    if (written.stream().anyMatch(event -> Promises.isFinal(event.getType()))) {
      endedAtFinal = generatorEnd != ResponseType.UNKNOWN;
    }
    freshResponses.addAll(written);
    freshVerdicts.addAll(guard.verdicts());
    freshStops.addAll(guard.admissions("small"));
  }

  private void commit() {
    collect();
    int number = sentAtCommit.size();
    freshResponses.forEach(event -> responses.add(new Committed<>(number, event)));
    freshVerdicts.forEach(event -> verdicts.add(new Committed<>(number, event)));
    freshStops.forEach(event -> stops.add(new Committed<>(number, event)));
    sentAtCommit.add(choices.stream().map(choice -> choice.sent).toList());
    forget();
    sinceCommit.clear();
    committed = guard.commit();
  }

  private void crash() {
    crashes++;
    collect();
    forget();
    guard.restart(committed);
    List.copyOf(sinceCommit).forEach(out::send);
    guard.turn();
  }

  private void forget() {
    freshResponses.clear();
    freshVerdicts.clear();
    freshStops.clear();
  }

  /** What came of one choice and was not taken back, in order, by commits up to one. */
  List<Integer> standing(int choice, int commit) {
    List<Integer> tokens = new ArrayList<>();
    Map<Integer, Integer> takenBackFrom = new HashMap<>();
    for (Committed<ResponseEvent> each : responses) {
      ResponseEvent event = each.event();
      if (each.commit() > commit) {
        break;
      }
      if (event.getType() == ResponseType.TOKENS && event.getTokens().getChoice() == choice) {
        tokens.addAll(event.getTokens().getTokenIds());
      }
      if (event.getType() == ResponseType.RETRACTED) {
        takenBackFrom.put(event.getRetracted().getChoice(), event.getRetracted().getFromSequence());
      }
    }
    return tokens.subList(
        0, Math.min(tokens.size(), takenBackFrom.getOrDefault(choice, tokens.size())));
  }

  /** How far the verdicts that let tokens through reach, by commits up to one. */
  int letThrough(int choice, int commit) {
    return verdicts.stream()
        .filter(each -> each.commit() <= commit && each.event().getAdmitted())
        .map(each -> each.event().getWindow())
        .filter(window -> window.getChoice() == choice)
        .mapToInt(window -> window.getToSequence())
        .max()
        .orElse(0);
  }
}
