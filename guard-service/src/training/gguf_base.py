"""Reads the quantised base model that the guard adapter is served on: weights and tokenizer of a GGUF file.

The adapter is trained on the dequantised weights, not on the original ones: the quantised base is what judges.
"""

import struct
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from tokenizers import Tokenizer, decoders, models, pre_tokenizers

_SCALARS = {0: "<B", 1: "<b", 2: "<H", 3: "<h", 4: "<I", 5: "<i", 6: "<f", 7: "<?", 10: "<Q", 11: "<q", 12: "<d"}
_STRING, _ARRAY = 8, 9
_F32, _F16, _Q4_0, _Q4_1, _Q8_0, _Q6_K = 0, 1, 2, 3, 8, 14
_BLOCKS = {_F32: (1, 4), _F16: (1, 2), _Q4_0: (32, 18), _Q4_1: (32, 20), _Q8_0: (32, 34), _Q6_K: (256, 210)}


@dataclass(frozen=True)
class Base:
    """A Llama checkpoint: its settings as in the file, its tensors in float32 by their GGUF names."""

    metadata: dict
    tensors: dict

    def number(self, key):
        return self.metadata["llama." + key]


class _Reader:
    def __init__(self, data):
        self.data = data
        self.at = 0

    def scalar(self, kind):
        layout = _SCALARS[kind]
        (value,) = struct.unpack_from(layout, self.data, self.at)
        self.at += struct.calcsize(layout)
        return value

    def string(self):
        length = self.scalar(10)
        self.at += length
        return bytes(self.data[self.at - length : self.at]).decode("utf-8", "replace")

    def value(self, kind):
        if kind == _STRING:
            return self.string()
        if kind != _ARRAY:
            return self.scalar(kind)
        element, count = self.scalar(4), self.scalar(10)
        return [self.value(element) for _ in range(count)]


def read_base(path):
    """Reads a GGUF file of a Llama and dequantises it."""
    data = np.memmap(Path(path), dtype=np.uint8, mode="r")
    reader = _Reader(data)
    if reader.scalar(4) != 0x46554747 or reader.scalar(4) not in (2, 3):
        raise ValueError(f"{path} is no GGUF file of version 2 or 3")
    tensor_count, metadata_count = reader.scalar(10), reader.scalar(10)
    metadata = {}
    for _ in range(metadata_count):
        key = reader.string()
        metadata[key] = reader.value(reader.scalar(4))
    places = []
    for _ in range(tensor_count):
        name = reader.string()
        shape = [reader.scalar(10) for _ in range(reader.scalar(4))]
        places.append((name, shape, reader.scalar(4), reader.scalar(10)))
    alignment = metadata.get("general.alignment", 32)
    start = -(-reader.at // alignment) * alignment
    tensors = {name: _dequantise(data, start + offset, shape, kind) for name, shape, kind, offset in places}
    return Base(metadata, tensors)


def _dequantise(data, start, shape, kind):
    if kind not in _BLOCKS:
        raise ValueError(f"tensor type {kind} is not read here; known are {sorted(_BLOCKS)}")
    elements, size = _BLOCKS[kind]
    count = int(np.prod(shape)) // elements
    raw = np.asarray(data[start : start + count * size])
    values = {_F32: _f32, _F16: _f16, _Q4_0: _q4_0, _Q4_1: _q4_1, _Q8_0: _q8_0, _Q6_K: _q6_k}[kind](raw, count)
    return np.array(values.reshape(shape[::-1]), dtype=np.float32)


def _f32(raw, _):
    return raw.view(np.float32)


def _f16(raw, _):
    return raw.view(np.float16)


def _scale(blocks, at):
    return np.ascontiguousarray(blocks[:, at : at + 2]).view(np.float16).astype(np.float32)


def _nibbles(packed):
    return np.concatenate([packed & 15, packed >> 4], axis=1).astype(np.float32)


def _q4_0(raw, count):
    blocks = raw.reshape(count, 18)
    return _scale(blocks, 0) * (_nibbles(blocks[:, 2:]) - 8)


def _q4_1(raw, count):
    blocks = raw.reshape(count, 20)
    return _scale(blocks, 0) * _nibbles(blocks[:, 4:]) + _scale(blocks, 2)


def _q8_0(raw, count):
    blocks = raw.reshape(count, 34)
    return _scale(blocks, 0) * np.ascontiguousarray(blocks[:, 2:]).view(np.int8).astype(np.float32)


def _q6_k(raw, count):
    blocks = raw.reshape(count, 210)
    low, high = blocks[:, :128].reshape(count, 2, 64), blocks[:, 128:192].reshape(count, 2, 32)
    scales = np.ascontiguousarray(blocks[:, 192:208]).view(np.int8).astype(np.float32)
    quarters = [
        (low[:, :, :32] & 15) | ((high & 3) << 4),
        (low[:, :, 32:] & 15) | (((high >> 2) & 3) << 4),
        (low[:, :, :32] >> 4) | (((high >> 4) & 3) << 4),
        (low[:, :, 32:] >> 4) | (((high >> 6) & 3) << 4),
    ]
    values = np.stack(quarters, axis=2).reshape(count, 16, 16).astype(np.float32) - 32
    return _scale(blocks, 208)[:, :, None] * scales[:, :, None] * values


def read_tokenizer(base):
    """The byte-level BPE of SmolLM2 as its GGUF file holds it; special tokens are never parsed from text."""
    pieces = base.metadata["tokenizer.ggml.tokens"]
    merges = [tuple(merge.split(" ")) for merge in base.metadata["tokenizer.ggml.merges"]]
    tokenizer = Tokenizer(models.BPE(vocab={piece: id for id, piece in enumerate(pieces)}, merges=merges))
    tokenizer.pre_tokenizer = pre_tokenizers.Sequence(
        [pre_tokenizers.Digits(individual_digits=True), pre_tokenizers.ByteLevel(add_prefix_space=False)]
    )
    tokenizer.decoder = decoders.ByteLevel()
    return tokenizer
