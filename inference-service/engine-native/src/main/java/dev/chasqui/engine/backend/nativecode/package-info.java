/**
 * Backend {@code native}: the transformer in C++ (src/main/cpp), called by JNI.
 *
 * <p>In come a program and its weights, once: the weights are packed for this CPU's kernels and the
 * program becomes a flat list of commands. Then one call a step: token embeddings and rotary angles
 * go in, logits come out. A session belongs to one thread at a time; the library's own threads
 * share out its work. Quantised weights are multiplied with activations that were rounded to 15
 * bits with a scale for 32 values, or, in native-int8, to 8; all else is float32. Keys and values
 * are kept as their type says: int8 with a scale for each head at each position, or, of themselves,
 * float16 beside quantised weights and float32 beside others. A row's result is the same bits
 * whatever shares its step.
 *
 * <p>Variant amx never ran on a CPU that has AMX: its products are held, bit for bit, against those
 * of avx512 on emulated tiles (src/test/cpp). Variant neon never ran on an Arm: it is held against
 * portable under qemu, where a cross compiler is installed.
 *
 * <p>The library is optional when building and when running: without it the provider says what is
 * missing.
 */
@NullMarked
package dev.chasqui.engine.backend.nativecode;

import org.jspecify.annotations.NullMarked;
