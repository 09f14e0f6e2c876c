/**
 * Backend {@code cuda}: the transformer on an NVIDIA GPU (src/main/native), called by JNI.
 *
 * <p>In come a program and its weights, once: the weights are copied into the device's memory as
 * they are stored, and the program becomes a flat list of commands, fused where two ops can be one
 * kernel. Then one call a step: token ids, positions, block tables and rotary angles go in, the
 * logits of the rows that were asked for come out. A session belongs to one thread at a time, and
 * to one device for good.
 *
 * <p>The library is optional when building and when running: without it, or without a driver or a
 * device that it can use, the provider says what is missing.
 */
@NullMarked
package dev.chasqui.engine.backend.cuda;

import org.jspecify.annotations.NullMarked;
