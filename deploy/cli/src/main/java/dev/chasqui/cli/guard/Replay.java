package dev.chasqui.cli.guard;

import dev.chasqui.cli.kafka.Connection;
import dev.chasqui.cli.kafka.Decoding;
import dev.chasqui.cli.kafka.TopicReader;
import dev.chasqui.events.GenerationEvent;
import dev.chasqui.events.PromptSubmitted;
import dev.chasqui.events.SafetyVerdict;
import dev.chasqui.events.VerdictOutcome;
import dev.chasqui.events.VerdictSubject;
import dev.chasqui.guard.classifier.Subject;
import dev.chasqui.guard.policy.CodeScan;
import dev.chasqui.guard.scan.CodeScanner;
import dev.chasqui.guard.topology.judging.Part;
import dev.chasqui.guard.topology.wire.Conversations;
import dev.chasqui.schemas.serde.DecodeOutcome;
import dev.chasqui.schemas.serde.RecordDecoder;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * Finds what was judged in a span of time, and what it was. Owned by one thread.
 *
 * <p>The topics of verdicts, prompts and generations are each read once; in memory are the verdicts
 * of the span and the answers that are open at the place of reading.
 */
final class Replay {

  private final Connection connection;
  private final TimeSpan span;
  private final CodeScanner scanner = CodeScanner.builtIn();
  private final CodeScan codeScan;
  private final Map<String, List<SafetyVerdict>> verdicts = new HashMap<>();

  Replay(Connection connection, TimeSpan span, CodeScan codeScan) {
    this.connection = connection;
    this.span = span;
    this.codeScan = codeScan;
  }

  /** Reads all, and hands out each text with its verdict. */
  void run(Consumer<Retained> sink) {
    readAll(
        connection.topics().verdicts(), SafetyVerdict.class, (record, verdict) -> keep(verdict));
    readAll(
        connection.topics().prompts(),
        PromptSubmitted.class,
        (record, prompt) -> {
          if (span.contains(record.timestamp())) {
            prompt(prompt, sink);
          }
        });
    readAnswers(sink);
  }

  /** What a policy said that only watched is no verdict that could change. */
  private void keep(SafetyVerdict verdict) {
    boolean judged =
        verdict.getOutcome() != VerdictOutcome.DUPLICATE
            && verdict.getOutcome() != VerdictOutcome.UNKNOWN
            && !verdict.getShadow();
    if (judged && !span.isAfter(verdict.getTime())) {
      verdicts.computeIfAbsent(verdict.getRequestId(), _ -> new ArrayList<>()).add(verdict);
    }
  }

  /** The first verdict is on what was submitted; later ones may be on what a reviewer wrote. */
  private void prompt(PromptSubmitted prompt, Consumer<Retained> sink) {
    List<Part> parts = new ArrayList<>(Conversations.parts(prompt));
    parts.add(
        0,
        new Part(
            "",
            new Subject(prompt.getRequestId(), prompt.getTenant(), Conversations.turns(prompt))));
    List<SafetyVerdict> recorded = verdicts.getOrDefault(prompt.getRequestId(), List.of());
    for (Part part : parts) {
      recorded.stream()
          .filter(verdict -> verdict.getSubject() == VerdictSubject.PROMPT)
          .filter(verdict -> verdict.getPart().equals(part.name()))
          .findFirst()
          .ifPresent(verdict -> sink.accept(Retained.prompt(verdict, part.subject())));
    }
    if (!recorded.isEmpty()) { // a repeat of the prompt is not judged again
      recorded.removeIf(verdict -> verdict.getSubject() == VerdictSubject.PROMPT);
    }
  }

  private void readAnswers(Consumer<Retained> sink) {
    Map<String, RetainedAnswer> open = new HashMap<>();
    readAll(
        connection.topics().generations(),
        GenerationEvent.class,
        (record, event) -> {
          String id = event.getRequestId();
          switch (event.getType()) {
            case STARTED -> {
              if (span.contains(record.timestamp())) {
                open.put(id, new RetainedAnswer(id, event.getStarted()));
              }
            }
            case TOKENS ->
                Optional.ofNullable(open.get(id))
                    .ifPresent(answer -> answer.add(event.getTokens()));
            case FINISHED, FAILED ->
                Optional.ofNullable(open.remove(id))
                    .ifPresent(answer -> {
                      answer.ended(event);
                      answer(id, answer, sink);
                    });
            case STOP_MISSED, UNKNOWN -> {
              // nothing was said
            }
          }
        });
    open.forEach((id, answer) -> answer(id, answer, sink));
  }

  private void answer(String id, RetainedAnswer answer, Consumer<Retained> sink) {
    List<SafetyVerdict> ofAnswer =
        verdicts.getOrDefault(id, List.of()).stream()
            .filter(verdict -> verdict.getSubject() == VerdictSubject.RESPONSE)
            .filter(verdict -> verdict.getWindow() != null)
            .toList();
    answer.at(ofAnswer, new CodeRescan(scanner, codeScan)).forEach(sink);
  }

  /** Takes an event and where it stood. */
  @FunctionalInterface
  private interface EventSink<T> {
    void accept(ConsumerRecord<byte[], byte[]> record, T event);
  }

  /**
   * Producers may have written anything to the topic of prompts: what is unreadable is no prompt.
   */
  private <T extends SpecificRecord> void readAll(String topic, Class<T> type, EventSink<T> sink) {
    try (RecordDecoder<T> decoder = connection.serdes().decoder(type)) {
      TopicReader.readAll(
          connection,
          List.of(topic),
          each -> {
            if (!topic.equals(connection.topics().prompts())) {
              sink.accept(each, Decoding.require(decoder, each));
            } else if (decoder.decode(topic, each.headers(), each.value())
                instanceof DecodeOutcome.Readable<T>(T event)) {
              sink.accept(each, event);
            }
          });
    }
  }
}
