package dev.chasqui.engine.backend.nativecode;

import dev.chasqui.engine.backend.AdapterTerms;
import dev.chasqui.engine.backend.AttentionShape;
import dev.chasqui.engine.backend.BoundWeights;
import dev.chasqui.engine.backend.KvShape;
import dev.chasqui.engine.backend.Logits;
import dev.chasqui.engine.backend.Program;
import dev.chasqui.engine.backend.Session;
import dev.chasqui.engine.backend.Step;
import dev.chasqui.engine.backend.StepCheck;
import dev.chasqui.engine.tensor.Tensor;
import java.lang.foreign.MemorySegment;
import java.util.Optional;

/** A program in the library. Belongs to one thread at a time. */
final class NativeSession implements Session {

  private final StepCheck check;
  private final NativeStep memory;
  private final int vocabularySize;
  private final long logitStride;
  private long handle;
  private Optional<Logits> last = Optional.empty();

  private NativeSession(
      long handle, int logitStride, Program program, NativeStep memory, StepCheck check) {
    this.handle = handle;
    this.logitStride = logitStride;
    this.check = check;
    this.memory = memory;
    this.vocabularySize = program.vocabularySize();
  }

  static NativeSession open(
      NativeBackend backend, Program program, BoundWeights bound, KvShape kv) {
    long handle =
        NativeCalls.open(backend.variant().code(), backend.threads(), backend.activationBits());
    try {
      Weights weights = new Weights(handle, bound);
      Commands commands = new Commands(weights, new AdapterTerms(bound.adapters(), program));
      commands.write(program);
      int logitStride =
          NativeCalls.setProgram(
              handle,
              commands.slots(),
              commands.code(),
              commands.slot(program.logits()),
              sizes(program, kv),
              bound.adapters().size());
      Tensor embedding = weights.tensor(commands.embedding());
      StepCheck check = new StepCheck(embedding.rows(), kv, bound.adapters().size());
      NativeStep memory = new NativeStep(embedding, commands.rotations(), kv.blockSizeTokens());
      return new NativeSession(handle, logitStride, program, memory, check);
    } catch (RuntimeException | Error e) {
      NativeCalls.close(handle);
      throw e;
    }
  }

  private static int[] sizes(Program program, KvShape kv) {
    AttentionShape heads = program.attention();
    return new int[] {
      program.layers(),
      kv.blocks(),
      kv.blockSizeTokens(),
      heads.heads(),
      heads.kvHeads(),
      heads.headSize(),
      kv.type().ordinal()
    };
  }

  @Override
  public Logits run(Step step) {
    check.check(step);
    memory.write(step);
    last.ifPresent(Logits::expire);
    int rows = step.logitRows().length;
    int[] greatest = new int[rows];
    long address =
        NativeCalls.run(
            handle,
            memory.intsAddress(),
            memory.intCount(),
            memory.floatsAddress(),
            memory.floatCount(),
            greatest);
    Logits logits = new Logits(values(address, rows), logitStride, greatest, rows, vocabularySize);
    last = Optional.of(logits);
    return logits;
  }

  @SuppressWarnings("restricted") // the library's own memory, until the view is ended
  private MemorySegment values(long address, int rows) {
    return MemorySegment.ofAddress(address).reinterpret(rows * logitStride * Float.BYTES);
  }

  @Override
  public void close() {
    if (handle != 0) {
      last.ifPresent(Logits::expire);
      NativeCalls.close(handle);
      handle = 0;
      memory.close();
    }
  }
}
