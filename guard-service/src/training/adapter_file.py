"""Reads and writes the LoRA factors as a PEFT folder: adapter_config.json and adapter_model.safetensors."""

import json
from pathlib import Path

import torch
from safetensors.torch import load_file, save_file

from llama import ALPHA, GROUPS, RANK


def _named(model):
    for index, layer in enumerate(model.layers):
        for linear, (block, names) in zip(layer.linears, GROUPS):
            for at, name in enumerate(names):
                prefix = f"base_model.model.model.layers.{index}.{block}.{name}"
                yield f"{prefix}.lora_A.weight", linear.down[at]
                yield f"{prefix}.lora_B.weight", linear.up[at]


def load(model, folder):
    """Puts the factors of a folder into the model."""
    tensors = load_file(Path(folder) / "adapter_model.safetensors")
    with torch.no_grad():
        for name, parameter in _named(model):
            parameter.copy_(tensors[name].float())


def save(model, folder, factors=None):
    """Writes factors as float16; those of the model, or others in the order of its parameters."""
    folder = Path(folder)
    folder.mkdir(parents=True, exist_ok=True)
    values = dict(zip(map(id, model.parameters()), factors or model.parameters()))
    tensors = {
        name: values[id(parameter)].detach().to(torch.float16).contiguous() for name, parameter in _named(model)
    }
    save_file(tensors, folder / "adapter_model.safetensors", metadata={"format": "pt"})
    config = {
        "peft_type": "LORA", "r": RANK, "lora_alpha": ALPHA, "lora_dropout": 0.0, "bias": "none",
        "task_type": "CAUSAL_LM",
        "target_modules": [name for _, names in GROUPS for name in names],
        "base_model_name_or_path": "SmolLM2-135M-Instruct",
    }  # fmt: skip
    (folder / "adapter_config.json").write_text(json.dumps(config))
