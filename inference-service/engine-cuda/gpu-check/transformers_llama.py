"""The same shapes through PyTorch and transformers, where they are installed: tokens/s, one line each.

Llama 3 8B, seeded random bfloat16 weights made on the device. Prints `NAME tokens/s VALUE`.
"""

import sys
import time

try:
    import torch
    import transformers
except ImportError as missing:
    print(f"transformers_llama: {missing.name} is not installed: no comparison", file=sys.stderr)
    sys.exit(0)

if not torch.cuda.is_available():
    print("transformers_llama: torch sees no GPU: no comparison", file=sys.stderr)
    sys.exit(0)


def model(layers):
    config = transformers.LlamaConfig(
        vocab_size=128256, hidden_size=4096, intermediate_size=14336, num_hidden_layers=layers,
        num_attention_heads=32, num_key_value_heads=8, max_position_embeddings=8192, rope_theta=500000.0,
        tie_word_embeddings=False)
    torch.manual_seed(1)
    with torch.device("cuda"):
        torch.set_default_dtype(torch.bfloat16)
        return transformers.LlamaForCausalLM(config).eval()


@torch.inference_mode()
def decode(llama, batch, steps, context=512):
    ids = torch.randint(0, 128256, (batch, context), device="cuda")
    out = llama(ids, use_cache=True, logits_to_keep=1)
    cache = out.past_key_values
    token = out.logits[:, -1:].argmax(-1)
    times = []
    for _ in range(steps):
        torch.cuda.synchronize()
        start = time.perf_counter()
        out = llama(token, past_key_values=cache, use_cache=True)
        token = out.logits[:, -1:].argmax(-1)
        torch.cuda.synchronize()
        times.append(time.perf_counter() - start)
    return batch / sorted(times)[len(times) // 2]


@torch.inference_mode()
def prefill(llama, tokens, runs=5):
    ids = torch.randint(0, 128256, (1, tokens), device="cuda")
    times = []
    for _ in range(runs + 1):
        torch.cuda.synchronize()
        start = time.perf_counter()
        llama(ids, use_cache=True, logits_to_keep=1)
        torch.cuda.synchronize()
        times.append(time.perf_counter() - start)
    return tokens / sorted(times[1:])[runs // 2]


def main():
    llama = model(int(sys.argv[1]) if len(sys.argv) > 1 else 32)
    for batch in (1, 8, 64, 256):
        print(f"decode-{batch} tokens/s {decode(llama, batch, 20):.1f}", flush=True)
        torch.cuda.empty_cache()
    for tokens in (512, 2048, 8192):
        print(f"prefill-{tokens} tokens/s {prefill(llama, tokens):.1f}", flush=True)


main()
