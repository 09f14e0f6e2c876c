"""Writes a GGUF file of a shape that `chasqui engine bench --shape` knows, with random weights and without a vocabulary.

For llama.cpp's benchmarks, which read files only. Needs the package gguf; compare-llamacpp starts it.
"""

import pathlib
import sys

import numpy
from gguf import GGMLQuantizationType as Type
from gguf import GGUFWriter

# name: vocabulary, hidden size, layers, heads, KV heads, width of a head, width inside the feed-forward network, tied embeddings
SHAPES = {
    "smollm2-135m": (49152, 576, 30, 9, 3, 64, 1536, True),
    "llama-3.2-1b": (128256, 2048, 16, 32, 8, 64, 8192, True),
}
# bytes of a block of 32 weights, and which 16-bit floats of it are scales
BLOCKS = {"Q8_0": (34, [0]), "Q4_0": (18, [0]), "Q4_1": (20, [0, 2])}
CONTEXT = 8192


def weights(random, kind, rows, columns):
    """Rows of blocks, all bits random but the scales, which keep activations finite."""
    if kind == "BF16":
        floats = random.standard_normal((rows, columns), dtype=numpy.float32) * 0.02
        return (floats.view(numpy.uint32) >> 16).astype(numpy.uint16).view(numpy.uint8)
    size, scales = BLOCKS[kind]
    blocks = random.integers(0, 256, (rows * columns // 32, size), dtype=numpy.uint8)
    for at in scales:
        values = numpy.full(len(blocks), 0.002 if at == 0 else -0.016, dtype=numpy.float16)
        blocks[:, at : at + 2] = values.view(numpy.uint8).reshape(-1, 2)
    return blocks.reshape(rows, -1)


def write(path, shape, kind):
    vocabulary, hidden, layers, heads, kv_heads, width, inside, tied = SHAPES[shape]
    random = numpy.random.default_rng(7)
    writer = GGUFWriter(path, "llama")
    writer.add_context_length(CONTEXT)
    writer.add_embedding_length(hidden)
    writer.add_block_count(layers)
    writer.add_feed_forward_length(inside)
    writer.add_head_count(heads)
    writer.add_head_count_kv(kv_heads)
    writer.add_rope_dimension_count(width)
    writer.add_rope_freq_base(500_000.0)
    writer.add_layer_norm_rms_eps(1e-5)
    writer.add_vocab_size(vocabulary)
    writer.add_tokenizer_model("no_vocab")

    def matrix(name, rows, columns):
        writer.add_tensor(name + ".weight", weights(random, kind, rows, columns), raw_dtype=Type[kind])

    def gain(name):
        writer.add_tensor(name + ".weight", numpy.ones(hidden, dtype=numpy.float32))

    matrix("token_embd", vocabulary, hidden)
    for layer in range(layers):
        block = f"blk.{layer}."
        gain(block + "attn_norm")
        matrix(block + "attn_q", heads * width, hidden)
        matrix(block + "attn_k", kv_heads * width, hidden)
        matrix(block + "attn_v", kv_heads * width, hidden)
        matrix(block + "attn_output", hidden, heads * width)
        gain(block + "ffn_norm")
        matrix(block + "ffn_gate", inside, hidden)
        matrix(block + "ffn_up", inside, hidden)
        matrix(block + "ffn_down", hidden, inside)
    gain("output_norm")
    if not tied:
        matrix("output", vocabulary, hidden)
    writer.write_header_to_file()
    writer.write_kv_data_to_file()
    writer.write_tensors_to_file()
    writer.close()


if __name__ == "__main__":
    if len(sys.argv) != 4 or sys.argv[2] not in SHAPES or sys.argv[3] not in (*BLOCKS, "BF16"):
        sys.exit(f"usage: random_gguf.py FILE {{{'|'.join(SHAPES)}}} {{{'|'.join((*BLOCKS, 'BF16'))}}}")
    write(pathlib.Path(sys.argv[1]), sys.argv[2], sys.argv[3])
