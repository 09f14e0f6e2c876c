package dev.chasqui.guard.topology.input;

import dev.chasqui.events.Admitted;
import dev.chasqui.events.PromptSubmitted;
import dev.chasqui.events.ReviewRequested;
import dev.chasqui.events.VerdictSubject;
import dev.chasqui.guard.topology.judging.Part;
import dev.chasqui.guard.topology.judging.PartVerdict;
import dev.chasqui.guard.topology.review.Terms;
import dev.chasqui.guard.topology.wire.Conversations;
import dev.chasqui.guard.verdict.Verdict;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What a person is asked about: the conversation where it is in question, else the texts that it
 * brings along and that are.
 *
 * @param part names of those texts; empty for the conversation
 * @param text what is in question
 * @param score the highest of the scores
 * @param categories hazard categories of all verdicts
 */
record ReviewQuestion(String part, String text, double score, List<String> categories) {

  static ReviewQuestion of(Admitted prompt, PromptEffect.Waits waits) {
    List<String> names = waits.verdicts().stream().map(PartVerdict::part).toList();
    PromptSubmitted asked = prompt.getPrompt();
    boolean isConversation = names.contains("");
    return new ReviewQuestion(
        isConversation ? "" : String.join(",", names),
        isConversation ? ReviewText.of(asked) : texts(asked, Set.copyOf(names)),
        waits.verdicts().stream().mapToDouble(ReviewQuestion::score).max().orElseThrow(),
        waits.verdicts().stream()
            .flatMap(verdict -> categories(verdict).stream())
            .distinct()
            .toList());
  }

  /** Returns the question as an event. */
  ReviewRequested event(Admitted prompt, Terms terms, int number) {
    PromptSubmitted asked = prompt.getPrompt();
    return ReviewRequested.newBuilder()
        .setText(text)
        .setPart(part)
        .setContext(ReviewText.context(asked))
        .setScore(score)
        .setCategories(categories)
        .setSubject(VerdictSubject.PROMPT)
        .setNumber(number)
        .setTenant(asked.getTenant())
        .setPolicy(prompt.getPolicy())
        .setExpiry(terms.expiry())
        .setUnanswered(terms.unanswered())
        .build();
  }

  private static String texts(PromptSubmitted prompt, Set<String> names) {
    return Conversations.parts(prompt).stream()
        .filter(part -> names.contains(part.name()))
        .map(Part::text)
        .collect(Collectors.joining("\n\n"));
  }

  private static double score(PartVerdict verdict) {
    return review(verdict).score().unsafe();
  }

  private static List<String> categories(PartVerdict verdict) {
    return review(verdict).categories();
  }

  private static Verdict.Review review(PartVerdict verdict) {
    return (Verdict.Review) verdict.verdict();
  }
}
