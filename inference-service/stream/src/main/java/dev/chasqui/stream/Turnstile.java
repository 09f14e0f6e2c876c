package dev.chasqui.stream;

import java.util.ArrayList;
import java.util.List;
import java.util.function.IntSupplier;

/**
 * Lets as many requests to an engine as there is room for, all tasks of a process together, in the
 * order of a {@link WaitingLine}.
 *
 * <p>It stands between all tasks and the engine so that priority and fairness hold across
 * partitions. Safe from any thread; calls never block for long.
 */
public final class Turnstile {

  private final IntSupplier capacity;
  private final WaitingLine<Ticket> line = new WaitingLine<>();
  private int inside;

  /**
   * Opens a turnstile.
   *
   * @param capacity how many may be inside at once; 0 while nothing can be computed. Asked whenever
   *     somebody comes or goes
   */
  public Turnstile(IntSupplier capacity) {
    this.capacity = capacity;
  }

  /** A place in line, later inside. */
  public final class Ticket {

    private final Runnable onAdmission;
    private State state = State.WAITING;

    private Ticket(Runnable onAdmission) {
      this.onAdmission = onAdmission;
    }

    /** Returns whether this one has its turn. */
    public boolean isInside() {
      synchronized (Turnstile.this) {
        return state == State.INSIDE;
      }
    }

    /** Gives up the place, in line or inside, for the next one; again does nothing. */
    public void leave() {
      List<Ticket> admitted;
      synchronized (Turnstile.this) {
        if (state == State.WAITING) {
          line.remove(this);
        } else if (state == State.INSIDE) {
          inside--;
        }
        state = State.GONE;
        admitted = admit();
      }
      admitted.forEach(ticket -> ticket.onAdmission.run());
    }
  }

  /** WAITING -> INSIDE -> GONE, or WAITING -> GONE. */
  private enum State {
    WAITING,
    INSIDE,
    GONE
  }

  /**
   * Comes to the turnstile. Look at {@link Ticket#isInside} at once: whoever is let through here
   * and now is not called.
   *
   * @param waiting where the request belongs in line
   * @param onAdmission called when it has its turn later, on the thread that made room; must do no
   *     more than send to a mailbox
   * @return the ticket, to be given up in the end
   */
  public Ticket enter(Waiting waiting, Runnable onAdmission) {
    Ticket ticket = new Ticket(onAdmission);
    List<Ticket> admitted;
    synchronized (this) {
      line.add(ticket, waiting);
      admitted = admit();
    }
    admitted.stream().filter(other -> other != ticket).forEach(other -> other.onAdmission.run());
    return ticket;
  }

  private List<Ticket> admit() {
    List<Ticket> admitted = new ArrayList<>();
    while (inside < capacity.getAsInt() && line.size() > 0) {
      Ticket next = line.take().orElseThrow();
      next.state = State.INSIDE;
      inside++;
      admitted.add(next);
    }
    return admitted;
  }

  /** Returns how many requests wait in line. */
  public synchronized int queuedRequests() {
    return line.size();
  }

  /** Returns how many tokens the requests in line are together. */
  public synchronized long queuedTokens() {
    return line.tokens();
  }

  /** Returns how many requests are inside. */
  public synchronized int inside() {
    return inside;
  }
}
