package dev.chasqui.engine.backend.cuda;

import dev.chasqui.engine.backend.Adapter;
import dev.chasqui.engine.backend.Backend;
import dev.chasqui.engine.backend.BoundWeights;
import dev.chasqui.engine.backend.KvRoom;
import dev.chasqui.engine.backend.KvShape;
import dev.chasqui.engine.backend.Program;
import dev.chasqui.engine.backend.Session;
import dev.chasqui.engine.tensor.Tensor;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Runs programs on one device.
 *
 * @param library what talks to it
 * @param device which
 */
record CudaBackend(DeviceLibrary library, CudaDevice device) implements Backend {

  @Override
  public String name() {
    return "cuda";
  }

  @Override
  public KvShape kvFor(Program program, Map<String, Tensor> weights, KvRoom room) {
    room.usual().checkType(name(), Set.of());
    return plan(program, new BoundWeights(weights, List.of())).kvFor(room);
  }

  @Override
  public Session open(
      Program program, Map<String, Tensor> weights, KvShape kv, List<Adapter> adapters) {
    kv.checkType(name(), Set.of());
    BoundWeights bound = new BoundWeights(weights, adapters);
    plan(program, bound).check(kv);
    return CudaSession.open(this, program, bound, kv);
  }

  private MemoryPlan plan(Program program, BoundWeights bound) {
    return MemoryPlan.of(device, library.freeBytes(device.index()), program, bound);
  }
}
