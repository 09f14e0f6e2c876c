package dev.chasqui.guard.classifier;

import dev.chasqui.engine.api.ChatMessage;
import dev.chasqui.engine.api.MarkedText;
import dev.chasqui.engine.api.ModelDescription;
import dev.chasqui.engine.api.Prompt;
import dev.chasqui.guard.classifier.GuardForm.TaskText;
import dev.chasqui.guard.policy.Category;
import java.util.ArrayList;
import java.util.List;

/**
 * Writes the prompt that a guard model is asked with.
 *
 * <p>What is the same for all subjects of a policy stands first; the conversation follows, which
 * only grows; what closes it is last. So the engine finds everything but the new turns in its
 * prefix cache. Only texts of the format can become special tokens.
 */
final class GuardPrompt {

  private final GuardFormat format;
  private final ModelDescription model;

  /**
   * How the model is asked.
   *
   * @param prompt the prompt, without BOS
   * @param leadIn what stands between it and a verdict
   */
  record Question(Prompt prompt, String leadIn) {

    /** Asks for what the model writes behind a beginning of its answer. */
    Question followedBy(String beginning) {
      return new Question(prompt, leadIn + beginning);
    }
  }

  /**
   * Asks a model in a format.
   *
   * @throws IllegalArgumentException if the model lacks special tokens that the format cannot do
   *     without
   */
  GuardPrompt(GuardFormat format, ModelDescription model) {
    this.format = format;
    this.model = model;
    if (format.form() instanceof GuardForm.Turns turns
        && !model.specialTokens().containsAll(turns.specialTokens())) {
      throw new IllegalArgumentException(
          "guard format %s writes %s, but model %s has the special tokens %s. Take a guard model of that kind or another format."
              .formatted(format.id(), turns.specialTokens(), model.name(), model.specialTokens()));
    }
  }

  /**
   * Renders a question.
   *
   * @param categories what is looked for, where the format names it
   * @param subject what is judged
   * @return the question
   */
  Question render(List<Category> categories, Subject subject) {
    return switch (format.form()) {
      case GuardForm.Task form -> task(form, categories, subject);
      case GuardForm.Turns form -> turns(form, subject);
    };
  }

  /**
   * The task in the format's own special tokens where the checkpoint has them, else as the user
   * turn of the checkpoint's chat template, which ends where the model begins to write.
   */
  private Question task(GuardForm.Task form, List<Category> categories, Subject subject) {
    String task = text(form.text(), categories, subject);
    if (!model.specialTokens().containsAll(form.specialTokens())) {
      ChatMessage turn = new ChatMessage(ChatMessage.Role.USER, task);
      return new Question(new Prompt.Chat(List.of(turn)), "");
    }
    MarkedText text =
        new MarkedText(List.of(scaffold(form.header()), user(task), scaffold(form.footer())));
    return new Question(new Prompt.Text(text), form.leadIn());
  }

  private static Question turns(GuardForm.Turns form, Subject subject) {
    List<MarkedText.Span> spans = new ArrayList<>();
    for (Turn turn : subject.turns()) {
      spans.add(scaffold(form.before(turn.side())));
      spans.add(user(form.defusing().defuse(turn.content())));
      spans.add(scaffold(form.afterTurn()));
    }
    spans.add(scaffold(form.closing()));
    return new Question(new Prompt.Text(new MarkedText(spans)), "");
  }

  private static MarkedText.Span scaffold(String text) {
    return new MarkedText.Span(text, MarkedText.Origin.SCAFFOLD);
  }

  private static MarkedText.Span user(String text) {
    return new MarkedText.Span(text, MarkedText.Origin.USER);
  }

  private static String text(TaskText text, List<Category> categories, Subject subject) {
    String judged = text.name(subject.judged());
    StringBuilder task = new StringBuilder(text.opening().replace("{role}", judged));
    categories.forEach(category -> append(task, text, category));
    task.append(text.conversation());
    subject.turns().forEach(turn -> append(task, text, turn));
    return task.append(text.closing().replace("{role}", judged)).toString();
  }

  private static void append(StringBuilder task, TaskText text, Category category) {
    String line = text.category().replace("{code}", category.code());
    task.append(line.replace("{name}", category.name()));
    if (!category.description().isEmpty()) {
      task.append(text.description().replace("{description}", category.description()));
    }
  }

  private static void append(StringBuilder task, TaskText text, Turn turn) {
    task.append(text.beforeTurn().replace("{role}", text.name(turn.side())));
    task.append(text.defusing().defuse(turn.content())).append(text.afterTurn());
  }
}
