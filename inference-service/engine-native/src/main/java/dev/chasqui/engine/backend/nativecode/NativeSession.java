package dev.chasqui.engine.backend.nativecode;

import dev.chasqui.engine.backend.AttentionShape;
import dev.chasqui.engine.backend.BoundWeights;
import dev.chasqui.engine.backend.KvShape;
import dev.chasqui.engine.backend.Logits;
import dev.chasqui.engine.backend.Program;
import dev.chasqui.engine.backend.Session;
import dev.chasqui.engine.backend.Step;
import dev.chasqui.engine.backend.StepCheck;
import dev.chasqui.engine.tensor.Tensor;
import java.lang.foreign.Arena;

/** A program in the library. Belongs to one thread at a time. */
final class NativeSession implements Session {

  private final Arena arena = Arena.ofShared();
  private final StepCheck check;
  private final NativeStep memory;
  private final int vocabularySize;
  private long handle;
  private float[] logits = new float[0];

  private NativeSession(
      long handle, Program program, Tensor embedding, Commands commands, StepCheck check) {
    this.handle = handle;
    this.check = check;
    int blockSizeTokens = check.kv().blockSizeTokens();
    this.memory = new NativeStep(arena, embedding, commands.rotations(), blockSizeTokens);
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
      NativeCalls.setProgram(
          handle,
          commands.slots(),
          commands.code(),
          commands.slot(program.logits()),
          sizes(program, kv),
          bound.adapters().size());
      Tensor embedding = weights.tensor(commands.embedding());
      StepCheck check = new StepCheck(embedding.rows(), kv, bound.adapters().size());
      return new NativeSession(handle, program, embedding, commands, check);
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
      heads.headSize()
    };
  }

  @Override
  public Logits run(Step step) {
    check.check(step);
    memory.write(step);
    int rows = step.logitRows().length;
    int needed = Math.multiplyExact(rows, vocabularySize);
    if (logits.length < needed) {
      logits = new float[needed];
    }
    NativeCalls.run(
        handle,
        memory.intsAddress(),
        memory.intCount(),
        memory.floatsAddress(),
        memory.floatCount(),
        logits);
    return new Logits(logits, rows, vocabularySize);
  }

  @Override
  public void close() {
    if (handle != 0) {
      NativeCalls.close(handle);
      handle = 0;
      arena.close();
    }
  }
}
