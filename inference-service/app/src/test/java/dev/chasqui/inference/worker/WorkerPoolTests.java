package dev.chasqui.inference.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.chasqui.engine.api.GenerationRequest;
import dev.chasqui.engine.api.Prompt;
import dev.chasqui.engine.api.SamplingParameters;
import dev.chasqui.engine.api.StopCriteria;
import dev.chasqui.engine.api.TokenIds;
import dev.chasqui.inference.ScriptedEngine;
import dev.chasqui.stream.Waiting;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class WorkerPoolTests {

  private final ScriptedEngine first = new ScriptedEngine(8);
  private final ScriptedEngine second = new ScriptedEngine(8);

  @Test
  void givesARequestToTheLeastLoadedDevice() {
    ServedModel model = new ServedModel("tiny", List.of(first, second));
    first.occupy(3);
    second.occupy(2);
    model.generate(request(), event -> {});
    assertThat(first.calls).isEmpty();
    assertThat(second.calls).hasSize(1);
  }

  @Test
  void letsAQuarterMoreInThanCanRun() {
    ServedModel model = new ServedModel("tiny", List.of(first, second));
    for (int i = 0; i < 30; i++) {
      model.turnstile().enter(new Waiting("t", 0, Optional.empty(), Instant.EPOCH, 1), () -> {});
    }
    assertThat(model.turnstile().inside()).isEqualTo(20);
    assertThat(model.turnstile().queuedRequests()).isEqualTo(10);
  }

  @Test
  void givesNothingToADeviceThatWasLostAndCountsItsRoomOut() {
    ServedModel model = new ServedModel("tiny", List.of(first, second));
    second.occupy(7);
    first.loseDevice();
    model.generate(request(), event -> {});
    assertThat(second.calls).hasSize(1);
    assertThat(model.faults()).containsExactly("Xid 79");
    for (int i = 0; i < 30; i++) {
      model.turnstile().enter(new Waiting("t", 0, Optional.empty(), Instant.EPOCH, 1), () -> {});
    }
    assertThat(model.turnstile().inside()).isEqualTo(10);
  }

  @Test
  void refusesDevicesWithDifferentModels() {
    second.changeModel("other");
    assertThatThrownBy(() -> new ServedModel("tiny", List.of(first, second)))
        .hasMessageContaining("hash-1 with")
        .hasMessageContaining("other with");
  }

  @Test
  void refusesTwoModelsOfOneName() {
    ServedModel model = new ServedModel("tiny", List.of(first));
    assertThatThrownBy(() -> new WorkerPool("pool", List.of(model, model)))
        .hasMessageContaining("tiny");
    assertThatThrownBy(() -> new WorkerPool("pool", List.of())).hasMessageContaining("no model");
  }

  private static GenerationRequest request() {
    return GenerationRequest.of(
        "r",
        new Prompt.Tokens(TokenIds.of(1)),
        SamplingParameters.GREEDY,
        StopCriteria.maxTokens(1));
  }
}
