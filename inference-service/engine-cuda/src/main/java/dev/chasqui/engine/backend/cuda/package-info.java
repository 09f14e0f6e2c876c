/**
 * Backend {@code cuda}: the transformer on an NVIDIA GPU (src/main/native), called by JNI.
 *
 * <p>In come a program and its weights, once: the weights are copied into the device's memory as
 * they are stored, and the program becomes a flat list of commands, fused where two ops can be one
 * kernel. Then one call a step: token ids, positions, block tables and rotary angles go in as one
 * copy, the logits of the rows that were asked for come out. Steps that only decode are filled up
 * to buckets and launched as captured graphs. A session belongs to one thread at a time, which runs
 * near the device where the system tells what is near, and to one device for good. What the device
 * refuses is a {@link dev.chasqui.engine.api.DeviceFailureException}; after one, a session computes
 * nothing more.
 *
 * <p>The library is optional when building and when running: without it, or without a driver or a
 * device that it can use, the provider says what is missing. Tests build the same sources over an
 * emulated device (src/test/native), so that all of it runs without a GPU.
 *
 * <h2>Several devices</h2>
 *
 * <p>One engine a device now: {@code cuda:0}, {@code cuda:1} … each with all weights. A model that
 * is larger than a device is to be split by heads (tensor parallelism, arXiv 1909.08053), and these
 * are the seams: a rank opens a session with a program of its own shapes (heads, KV heads and
 * feed-forward width divided by the ranks, the hidden size whole), {@code Upload} fills its
 * matrices with rows (attn_q, attn_k, attn_v, ffn_gate, ffn_up, output) or columns (attn_output,
 * ffn_down) of a tensor, and one collective, the sum of a buffer over all ranks on the session's
 * stream, stands behind the two products of a layer that end in the residual stream: {@code Fusion}
 * must then leave sum and product apart ({@code AddNorm}, not {@code ProjectOnto}), because the
 * residual may be added once only. Each rank keeps the KV heads that are its own, so the
 * scheduler's blocks stay as they are and are valid on all. 8 KV heads allow 2, 4 and 8 ranks;
 * blocks of 256 values divide every split below. Logits are gathered by vocabulary, or the best of
 * each rank.
 *
 * <p>Weights and keys and values of a token a device (GB of 10^9 bytes; a share of 0.9 of the
 * memory; bfloat16 KV of 328 kB a token for 70B, 516 kB for 405B in all):
 *
 * <pre>
 * model           devices       weights each   left for KV each   tokens in all
 * 70B  bf16       2 x H200 141       71 GB          53 GB             320,000
 * 70B  Q8_0       2 x H100  80       38 GB          31 GB             190,000
 * 70B  bf16       2 x H100  80       71 GB          none: does not fit
 * 70B  bf16       8 x H100  80       18 GB          51 GB           1,250,000
 * 405B Q4_K       2 x H200 141      115 GB           9 GB              35,000
 * 405B any        2 x H100  80       does not fit: 4 bits take 230 GB
 * 405B bf16       8 x H200 141      102 GB          22 GB             340,000
 * 405B Q8_0       8 x H100  80       54 GB          15 GB             230,000
 * </pre>
 *
 * <p>These are sums, not measurements.
 */
@NullMarked
package dev.chasqui.engine.backend.cuda;

import org.jspecify.annotations.NullMarked;
