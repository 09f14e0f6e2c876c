package dev.chasqui.engine.runtime;

import dev.chasqui.engine.api.InvalidRequestException;
import dev.chasqui.engine.sample.LogitRow;
import dev.chasqui.engine.schedule.Scheduler;
import dev.chasqui.engine.schedule.Sequence;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The tasks that the loop works on, and whose sequence is whose. A task leaves as soon as its
 * listener got the terminal event, and its sequences with it. Belongs to the engine's thread.
 */
final class OpenTasks {

  private static final System.Logger LOG = System.getLogger(OpenTasks.class.getName());

  private record Entry(Task task, List<Sequence> sequences) {}

  private final Scheduler scheduler;
  private final Map<OpenCall, Entry> entries = new LinkedHashMap<>();
  private final Map<Sequence, Task> owners = new HashMap<>();
  private @Nullable Failure broken;

  /**
   * Makes an empty table.
   *
   * @param scheduler gets the sequences
   */
  OpenTasks(Scheduler scheduler) {
    this.scheduler = scheduler;
  }

  /** Begins a task, unless its caller has given it up already. */
  void begin(Task task) {
    List<Sequence> sequences = List.of();
    if (broken != null) {
      task.fail(broken);
    } else if (task.call().isCancelled()) {
      task.cancel();
    } else {
      sequences = task.begin();
    }
    entries.put(task.call(), new Entry(task, new ArrayList<>(sequences)));
    for (Sequence sequence : sequences) {
      owners.put(sequence, task);
      scheduler.add(sequence);
    }
    settle(task);
  }

  /** Ends the task of a call, if it is still open. */
  void end(OpenCall call, Consumer<Task> how) {
    Entry entry = entries.get(call);
    if (entry != null) {
      how.accept(entry.task());
      settle(entry.task());
    }
  }

  /** Ends all tasks whose deadline has passed. */
  void expire(Instant now) {
    List<OpenCall> late = new ArrayList<>();
    entries.forEach((call, entry) -> {
      if (entry.task().deadline().filter(deadline -> !deadline.isAfter(now)).isPresent()) {
        late.add(call);
      }
    });
    late.forEach(call -> end(call, Task::expire));
  }

  /** Fails all tasks of now and later; the scheduler, which may be half-way, is left alone. */
  void breakDown(Failure failure) {
    broken = failure;
    List<Entry> open = List.copyOf(entries.values());
    entries.clear();
    owners.clear();
    for (Entry entry : open) {
      if (!entry.task().isOver()) {
        entry.task().fail(failure);
      }
    }
  }

  boolean isBroken() {
    return broken != null;
  }

  /** Fails the task that a sequence belongs to. */
  void fail(Sequence sequence, Failure failure) {
    Task owner = owners.get(sequence);
    if (owner != null) {
      end(owner.call(), task -> task.fail(failure));
    }
  }

  /** Notes that a sequence takes part in a step. */
  void onStep(Sequence sequence) {
    owner(sequence).onFirstStep();
  }

  /** Hands logits to the task that a sequence belongs to; one that cannot use them fails. */
  void onLogits(Sequence sequence, int position, LogitRow logits) {
    Task task = owners.get(sequence);
    if (task == null) {
      return;
    }
    try {
      task.onLogits(sequence, position, logits);
    } catch (InvalidRequestException e) {
      task.fail(Failure.of(e));
    } catch (RuntimeException e) {
      LOG.log(System.Logger.Level.ERROR, "an answer failed", e);
      task.fail(Failure.ofEngine(e));
    }
    settle(task);
  }

  /** Lets a sequence go if all of it was computed and its task wants no more of it. */
  void onComputed(Sequence sequence) {
    Task task = owners.get(sequence);
    if (task != null && !task.needs(sequence)) {
      release(sequence);
      entry(task).sequences().remove(sequence);
    }
  }

  private void settle(Task task) {
    if (task.isOver()) {
      entry(task).sequences().forEach(this::release);
      entries.remove(task.call());
    }
  }

  private void release(Sequence sequence) {
    owners.remove(sequence);
    scheduler.end(sequence);
  }

  private Entry entry(Task task) {
    Entry entry = entries.get(task.call());
    if (entry == null) {
      throw new IllegalStateException("a task was closed twice");
    }
    return entry;
  }

  private Task owner(Sequence sequence) {
    Task task = owners.get(sequence);
    if (task == null) {
      throw new IllegalStateException("a sequence runs for nobody");
    }
    return task;
  }
}
