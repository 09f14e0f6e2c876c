"""A Llama with LoRA factors, as small as training a guard on a CPU allows.

Rows are padded at their end, which causal attention does not see; the verdict is read at each row's last token.
"""

import math

import torch
import torch.nn.functional as F

RANK, ALPHA = 16, 32
SCALE = ALPHA / RANK
GROUPS = (
    ("self_attn", ("q_proj", "k_proj", "v_proj")),
    ("self_attn", ("o_proj",)),
    ("mlp", ("gate_proj", "up_proj")),
    ("mlp", ("down_proj",)),
)
_GGUF = {
    "q_proj": "attn_q", "k_proj": "attn_k", "v_proj": "attn_v", "o_proj": "attn_output",
    "gate_proj": "ffn_gate", "up_proj": "ffn_up", "down_proj": "ffn_down",
}  # fmt: skip


_SCRATCH = {}


class _Adapted(torch.autograd.Function):
    """x @ (W + s B A)^T with gradients for x, A and B only: W + s B A is merged once a step, W is frozen."""

    @staticmethod
    def forward(ctx, x, merged, down, up):
        ctx.save_for_backward(x, merged, down, up)
        return x @ merged.t()

    @staticmethod
    def backward(ctx, dy):
        x, merged, down, up = ctx.saved_tensors
        flat_x, flat_dy = x.reshape(-1, x.shape[-1]), dy.reshape(-1, dy.shape[-1])
        dx = (flat_dy @ merged).view_as(x) if ctx.needs_input_grad[0] else None
        d_down = (flat_dy @ up).t() @ flat_x
        d_up = flat_dy.t() @ (flat_x @ down.t())
        return dx, None, SCALE * d_down, SCALE * d_up


class Linear(torch.nn.Module):
    """Several linear layers of one input side by side, each with LoRA factors of its own."""

    def __init__(self, weights):
        super().__init__()
        self.rows = [weight.shape[0] for weight in weights]
        self.register_buffer("weight", torch.cat(weights), persistent=False)
        inner = weights[0].shape[1]
        self.down = torch.nn.ParameterList(torch.randn(RANK, inner) / math.sqrt(inner) for _ in weights)
        self.up = torch.nn.ParameterList(torch.zeros(rows, RANK) for rows in self.rows)
        self.merged = None
        self.sources = None
        self.factors = None

    def merge(self, dtype):
        """Takes the factors as they are now; to be called after each change of them."""
        if self.merged is None or self.merged.dtype != dtype:
            self.merged = torch.empty(self.weight.shape, dtype=dtype)
        parts = zip(self.weight.split(self.rows), self.merged.split(self.rows), self.up, self.down)
        for weight, merged, up, down in parts:
            whole = _SCRATCH.setdefault(weight.shape, torch.empty(weight.shape))
            merged.copy_(torch.addmm(weight, up.detach(), down.detach(), alpha=SCALE, out=whole))
        if torch.is_grad_enabled() and self.down[0].requires_grad:
            self.sources = (torch.cat(list(self.down)).to(dtype), torch.block_diag(*self.up).to(dtype))
            self.factors = tuple(source.detach().requires_grad_() for source in self.sources)
        else:
            self.factors = None

    def spread(self):
        """Gives the factors the gradients that the parts of a step added up."""
        if self.factors is not None:
            torch.autograd.backward(self.sources, [factor.grad for factor in self.factors])

    def forward(self, x):
        if self.factors is None:
            return x @ self.merged.t()
        return _Adapted.apply(x, self.merged, *self.factors)


class Layer(torch.nn.Module):
    def __init__(self, base, index, heads, groups):
        super().__init__()
        self.heads, self.groups = heads, groups
        tensors = {name: _hugging_face_order(base, index, name) for name in _GGUF}
        self.linears = torch.nn.ModuleList(
            Linear([tensors[name] for name in names]) for _, names in GROUPS
        )
        for norm in ("attn_norm", "ffn_norm"):
            weight = torch.from_numpy(base.tensors[f"blk.{index}.{norm}.weight"].copy())
            self.register_buffer(norm, weight, persistent=False)

    def forward(self, x, cos, sin, later, eps):
        batch, length, width = x.shape
        size = width // self.heads
        qkv = self.linears[0](_norm(x, self.attn_norm, eps))
        qkv = qkv.view(batch, length, self.heads + 2 * self.groups, size).transpose(1, 2)
        turned, v = qkv.split([self.heads + self.groups, self.groups], dim=1)
        q, k = _rotate(turned, cos, sin).split([self.heads, self.groups], dim=1)
        share = self.heads // self.groups
        k, v = (t.repeat_interleave(share, dim=1) for t in (k, v))
        mixed = _attended(q, k, v, later)
        x = x + self.linears[1](mixed.transpose(1, 2).reshape(batch, length, width))
        return x + self.linears[3](_gated(self.linears[2](_norm(x, self.ffn_norm, eps))))


class Guard(torch.nn.Module):
    """The base with LoRA factors: token ids in, logits of the whole vocabulary at each row's last token out."""

    def __init__(self, base):
        super().__init__()
        heads, groups = base.number("attention.head_count"), base.number("attention.head_count_kv")
        self.eps = base.number("attention.layer_norm_rms_epsilon")
        self.size = base.number("embedding_length") // heads
        self.theta = base.number("rope.freq_base")
        self.layers = torch.nn.ModuleList(
            Layer(base, index, heads, groups) for index in range(base.number("block_count"))
        )
        self.register_buffer("embedding", torch.from_numpy(base.tensors["token_embd.weight"]), persistent=False)
        self.register_buffer("norm", torch.from_numpy(base.tensors["output_norm.weight"]), persistent=False)
        head = torch.from_numpy(base.tensors.get("output.weight", base.tensors["token_embd.weight"]))
        self.register_buffer("head", head, persistent=False)
        self.frozen = 0

    def freeze(self, layers):
        """Trains only the factors of the upper layers: below them no gradient is computed."""
        self.frozen = layers
        for index, layer in enumerate(self.layers):
            for parameter in layer.parameters():
                parameter.requires_grad_(index >= layers)

    def merge(self, dtype=torch.bfloat16, above=0):
        for layer in self.layers[above:]:
            for linear in layer.linears:
                linear.merge(dtype)

    def spread(self):
        for layer in self.layers:
            for linear in layer.linears:
                linear.spread()

    def forward(self, ids, last):
        dtype = self.layers[0].linears[0].merged.dtype
        x = self.embedding[ids].to(dtype)
        cos, sin = self._angles(ids.shape[1], dtype)
        later = torch.full((ids.shape[1], ids.shape[1]), -math.inf).triu(1)
        with torch.no_grad():
            for layer in self.layers[: self.frozen]:
                x = layer(x, cos, sin, later, self.eps)
        for layer in self.layers[self.frozen :]:
            x = layer(x, cos, sin, later, self.eps)
        x = _norm(x[torch.arange(len(ids)), last].float(), self.norm, self.eps)
        return x @ self.head.t()

    def _angles(self, length, dtype):
        frequencies = self.theta ** (-torch.arange(0, self.size, 2, dtype=torch.float64) / self.size)
        angles = torch.outer(torch.arange(length, dtype=torch.float64), frequencies).repeat(1, 2)
        return angles.cos().to(dtype), angles.sin().to(dtype)


def _norm(x, weight, eps):
    wide = x.float()
    wide = wide * torch.rsqrt(wide.pow(2).mean(-1, keepdim=True) + eps)
    return (wide * weight).to(x.dtype)


def _rotate(x, cos, sin):
    half = x.shape[-1] // 2
    turned = torch.cat([-x[..., half:], x[..., :half]], dim=-1)
    return x * cos + turned * sin


def _attended(q, k, v, later):
    scores = (q @ k.transpose(-1, -2)).float() / math.sqrt(q.shape[-1]) + later
    return scores.softmax(-1).to(q.dtype) @ v


def _gated(x):
    gate, up = x.chunk(2, dim=-1)
    return F.silu(gate) * up


def compile_elementwise():
    """Fuses what is bound by memory; the matrix products stay the library's. Costs a minute once."""
    global _norm, _rotate, _gated, _attended
    _norm, _rotate, _gated, _attended = (torch.compile(f, dynamic=True) for f in (_norm, _rotate, _gated, _attended))


def _hugging_face_order(base, index, name):
    weight = torch.from_numpy(base.tensors[f"blk.{index}.{_GGUF[name]}.weight"])
    if name not in ("q_proj", "k_proj"):
        return weight
    heads = base.number("attention.head_count" + ("" if name == "q_proj" else "_kv"))
    rows, inner = weight.shape
    return weight.view(heads, rows // heads // 2, 2, inner).transpose(1, 2).reshape(rows, inner)
