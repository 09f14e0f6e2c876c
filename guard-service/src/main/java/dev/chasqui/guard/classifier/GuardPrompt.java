package dev.chasqui.guard.classifier;

import dev.chasqui.engine.api.ChatMessage;
import dev.chasqui.engine.api.MarkedText;
import dev.chasqui.engine.api.ModelDescription;
import dev.chasqui.engine.api.Prompt;
import dev.chasqui.guard.classifier.GuardFormat.TaskText;
import dev.chasqui.guard.classifier.GuardFormat.TokenFrame;
import dev.chasqui.guard.policy.Category;
import java.util.List;

/**
 * Writes the prompt that a guard model is asked with.
 *
 * <p>The question and the categories stand first and are the same for all subjects of a policy; the
 * conversation follows, which only grows; the closing instruction is last. So the engine finds
 * everything but the new turns in its prefix cache. What a turn holds that looks like the scaffold
 * is broken up.
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
  record Question(Prompt prompt, String leadIn) {}

  GuardPrompt(GuardFormat format, ModelDescription model) {
    this.format = format;
    this.model = model;
  }

  /**
   * Renders the task in the format's own special tokens where the checkpoint has them, else as the
   * user turn of the checkpoint's chat template, which ends where the model begins to write. Only
   * header and footer can become special tokens.
   *
   * @param categories what is looked for
   * @param subject what is judged
   * @return the question
   */
  Question render(List<Category> categories, Subject subject) {
    TokenFrame frame = format.tokens();
    String task = task(categories, subject);
    if (!model.specialTokens().containsAll(frame.specialTokens())) {
      ChatMessage turn = new ChatMessage(ChatMessage.Role.USER, task);
      return new Question(new Prompt.Chat(List.of(turn)), "");
    }
    MarkedText text =
        new MarkedText(
            List.of(
                new MarkedText.Span(frame.header(), MarkedText.Origin.SCAFFOLD),
                new MarkedText.Span(task, MarkedText.Origin.USER),
                new MarkedText.Span(frame.footer(), MarkedText.Origin.SCAFFOLD)));
    return new Question(new Prompt.Text(text), frame.leadIn());
  }

  private String task(List<Category> categories, Subject subject) {
    TaskText text = format.task();
    String judged = text.name(subject.judged());
    StringBuilder task = new StringBuilder(text.opening().replace("{role}", judged));
    categories.forEach(category -> append(task, category));
    task.append(text.conversation());
    subject.turns().forEach(turn -> append(task, turn));
    return task.append(text.closing().replace("{role}", judged)).toString();
  }

  private void append(StringBuilder task, Category category) {
    String line = format.task().category().replace("{code}", category.code());
    task.append(line.replace("{name}", category.name()));
    if (!category.description().isEmpty()) {
      task.append(format.task().description().replace("{description}", category.description()));
    }
  }

  private void append(StringBuilder task, Turn turn) {
    TaskText text = format.task();
    task.append(text.beforeTurn().replace("{role}", text.name(turn.side())));
    task.append(text.defusing().defuse(turn.content())).append(text.afterTurn());
  }
}
