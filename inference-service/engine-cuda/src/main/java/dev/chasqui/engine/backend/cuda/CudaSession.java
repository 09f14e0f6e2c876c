package dev.chasqui.engine.backend.cuda;

import dev.chasqui.engine.api.DeviceFailureException;
import dev.chasqui.engine.api.ModelFailureException;
import dev.chasqui.engine.backend.AdapterTerms;
import dev.chasqui.engine.backend.BoundWeights;
import dev.chasqui.engine.backend.KvShape;
import dev.chasqui.engine.backend.Logits;
import dev.chasqui.engine.backend.Op;
import dev.chasqui.engine.backend.Program;
import dev.chasqui.engine.backend.Session;
import dev.chasqui.engine.backend.Step;
import dev.chasqui.engine.backend.StepCheck;
import java.lang.foreign.Arena;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A program on a device. Belongs to one thread at a time. */
final class CudaSession implements Session {

  private static final System.Logger LOG = System.getLogger(CudaSession.class.getName());
  private static final Path SYSTEM = Path.of("/sys");

  private final Arena arena = Arena.ofShared();
  private final DeviceLibrary library;
  private final DeviceSession device;
  private final int[] nearbyCpus;
  private final StepCheck check;
  private final CudaStep memory;
  private final int vocabularySize;
  private float[] logits = new float[0];
  private @Nullable Thread bound;
  private Optional<DeviceFailureException> failure = Optional.empty();
  private boolean closed;

  private CudaSession(
      CudaBackend backend,
      DeviceSession device,
      Program program,
      Commands commands,
      StepCheck check) {
    this.library = backend.library();
    this.device = device;
    this.nearbyCpus = NearbyCpus.of(SYSTEM, backend.device().pciAddress());
    this.check = check;
    this.memory =
        new CudaStep(arena, commands.rotations(), check.kv().blockSizeTokens(), check.adapters());
    this.vocabularySize = program.vocabularySize();
  }

  static CudaSession open(CudaBackend backend, Program program, BoundWeights bound, KvShape kv) {
    int tokens = vocabularySize(program);
    Precision precision = Precision.of(program, bound);
    Fusion.Fused fused = Fusion.of(program);
    AdapterTerms adapters = new AdapterTerms(bound.adapters(), program);
    DeviceSession device = backend.library().open(backend.device().index());
    try {
      Upload upload =
          new Upload(
              device,
              backend.device().toString(),
              MemoryPlan.weightBytes(program, bound),
              line -> LOG.log(System.Logger.Level.INFO, line));
      Weights weights = new Weights(device, bound, upload);
      Commands commands = Commands.of(fused, Buffers.of(fused, precision), weights, adapters);
      int count = bound.adapters().size();
      device.setProgram(
          commands, SessionSizes.of(program, kv, precision, count, commands.rotations()));
      return new CudaSession(backend, device, program, commands, new StepCheck(tokens, kv, count));
    } catch (RuntimeException | Error e) {
      device.close();
      throw e;
    }
  }

  private static int vocabularySize(Program program) {
    return program.ops().stream()
        .filter(Op.Embed.class::isInstance)
        .mapToInt(op -> ((Op.Embed) op).table().rows())
        .min()
        .orElseThrow(() -> new IllegalArgumentException(program.name() + " embeds no tokens"));
  }

  @Override
  public Logits run(Step step) {
    prepare(step);
    int rows = memory.wantedLogitRows();
    int needed = Math.multiplyExact(rows, vocabularySize);
    if (logits.length < needed) {
      logits = new float[needed];
    }
    compute(() -> device.run(memory, logits));
    return new Logits(logits, rows, vocabularySize);
  }

  @Override
  public int[] greedy(Step step) {
    prepare(step);
    int[] best = new int[memory.wantedLogitRows()];
    compute(() -> device.greedy(memory, best));
    for (int row = 0; row < best.length; row++) {
      if (best[row] < 0) {
        throw new ModelFailureException(
            ("logits of row %d are not finite numbers: check the checkpoint, or take backend scalar"
                    + " to tell it from a kernel's fault")
                .formatted(row));
      }
    }
    return best;
  }

  /** Returns how many steps were launched as captured graphs. */
  long graphLaunches() {
    return device.graphLaunches();
  }

  private void prepare(Step step) {
    if (failure.isPresent()) {
      throw failure.get();
    }
    check.check(step);
    bindThread();
    memory.write(step);
  }

  private void compute(Runnable onDevice) {
    try {
      onDevice.run();
    } catch (DeviceFailureException e) {
      failure = Optional.of(e);
      throw e;
    }
  }

  /** The thread that plans steps and feeds the device runs near it. */
  private void bindThread() {
    if (nearbyCpus.length > 0 && bound != Thread.currentThread()) {
      bound = Thread.currentThread();
      library.bindThread(nearbyCpus);
    }
  }

  @Override
  public void close() {
    if (!closed) {
      closed = true;
      device.close();
      arena.close();
    }
  }
}
