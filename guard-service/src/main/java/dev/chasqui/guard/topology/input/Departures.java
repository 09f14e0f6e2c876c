package dev.chasqui.guard.topology.input;

import dev.chasqui.events.Admitted;
import dev.chasqui.guard.topology.judging.Judgings;
import dev.chasqui.guard.topology.wire.Address;
import dev.chasqui.guard.topology.wire.Final;
import dev.chasqui.stream.Measured;
import java.util.List;
import java.util.Optional;

/** How a prompt leaves the store: admitted to a pool, or with its last word. */
final class Departures {

  private final InputPorts ports;
  private final PendingPrompts pending;
  private final Judgings judgings;

  Departures(InputPorts ports, PendingPrompts pending, Judgings judgings) {
    this.ports = ports;
    this.pending = pending;
    this.judgings = judgings;
  }

  /** Admits a prompt; one that cannot be sent on ends here. */
  void admit(Admitted prompt) {
    String id = prompt.getPrompt().getRequestId();
    Optional<String> pool = ports.poolOf(prompt);
    if (pool.isEmpty()) {
      end(prompt, noPool(prompt));
    } else if (ports.admissions().admit(pool.get(), prompt) instanceof Measured.TooLarge large) {
      end(prompt, tooLarge(large));
    } else {
      pending.delete(id);
      ports.seen().admitted(id, pool.get());
      ports.observer().admitted(id, pool.get());
      ports.wroteFinal();
    }
  }

  /** Ends a prompt that is in the store. */
  void end(Admitted prompt, Final end) {
    String id = prompt.getPrompt().getRequestId();
    judgings.withdraw(id);
    pending.delete(id);
    ports.seen().ended(id);
    ports.end(address(prompt), end);
  }

  static Address address(Admitted prompt) {
    return Address.of(prompt.getPrompt(), Optional.of(prompt.getPolicy()));
  }

  static Final tooLarge(Measured.TooLarge large) {
    return new Final.Rejected(
        "request-too-large", large.message("the prompt"), Optional.empty(), List.of());
  }

  private static Final noPool(Admitted prompt) {
    return Final.Rejected.field(
        "unknown-model",
        "model",
        "model is \"%s\": its pool was taken out of service while the prompt was judged. Submit it again later."
            .formatted(prompt.getPrompt().getModel()));
  }
}
