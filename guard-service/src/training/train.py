"""Trains the guard's LoRA adapter on a CPU; stops and resumes from its checkpoint.

python train.py --data FOLDER --base MODEL.gguf --work FOLDER [--start ADAPTER_FOLDER]
"""

import argparse
import math
import time
from pathlib import Path

import torch
import torch.nn.functional as F

import adapter_file
from gguf_base import read_base, read_tokenizer
from llama import Guard, compile_elementwise
from prompt import SAFE, UNSAFE, Prompts
from rows import training_rows


def options():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", required=True, help="folder that holds guard/guard_dev.jsonl and guard/guard_extra.jsonl")
    parser.add_argument("--base", required=True, help="the base as a GGUF file, quantised as it will serve")
    parser.add_argument("--work", required=True, help="folder of checkpoints; a run found there is resumed")
    parser.add_argument("--start", help="adapter folder to start from instead of from nothing")
    parser.add_argument("--rows", type=int, default=6400)
    parser.add_argument("--last-step", type=int, help="ends the run, and the fall of its rate, earlier than its rows do")
    parser.add_argument("--step-rows", type=int, default=32)
    parser.add_argument("--parts", type=int, default=3, help="parts of a step, each padded to its own length")
    parser.add_argument("--tokens", type=int, default=112, help="longer texts keep their first 75 %% and last 25 %%")
    parser.add_argument("--rate", type=float, default=6e-4)
    parser.add_argument("--frozen", type=int, default=12, help="lower layers whose factors stay as they are")
    parser.add_argument("--smoothing", type=float, default=0.03, help="share of each label given to the other verdict")
    parser.add_argument("--averaging", type=float, default=0.97, help="decay of the moving average of the factors")
    parser.add_argument("--seed", type=int, default=20)
    parser.add_argument("--minutes", type=float, default=4, help="between checkpoints")
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--compile", action="store_true")
    return parser.parse_args()


class Run:
    """One training run: the model, its optimiser, the moving average, and where it stands."""

    def __init__(self, chosen):
        torch.manual_seed(chosen.seed)
        self.chosen = chosen
        base = read_base(chosen.base)
        self.model = Guard(base)
        if chosen.start:
            adapter_file.load(self.model, chosen.start)
        self.model.freeze(chosen.frozen)
        if chosen.compile:
            compile_elementwise()
        self.trained = [p for p in self.model.parameters() if p.requires_grad]
        self.optimizer = torch.optim.AdamW(self.trained, lr=chosen.rate, betas=(0.9, 0.98), weight_decay=0.0)
        self.average = [p.detach().clone() for p in self.model.parameters()]
        self.plan = _encoded(Prompts(read_tokenizer(base)), chosen)
        self.steps = min(len(self.plan) // chosen.step_rows, chosen.last_step or len(self.plan))
        self.step = 0
        self.folder = Path(chosen.work)
        self.folder.mkdir(parents=True, exist_ok=True)

    def resume(self):
        file = self.folder / "checkpoint.pt"
        if file.exists():
            saved = torch.load(file)
            with torch.no_grad():
                for parameter, value in zip(self.model.parameters(), saved["factors"]):
                    parameter.copy_(value)
            self.average, self.step = saved["average"], saved["step"]
            self.optimizer.load_state_dict(saved["optimizer"])
            print(f"resumed at step {self.step} of {self.steps}", flush=True)

    def save(self):
        saved = {
            "factors": [p.detach() for p in self.model.parameters()], "average": self.average, "step": self.step,
            "optimizer": self.optimizer.state_dict(),
        }  # fmt: skip
        torch.save(saved, self.folder / "checkpoint.part")
        (self.folder / "checkpoint.part").replace(self.folder / "checkpoint.pt")
        adapter_file.save(self.model, self.folder / f"average-{self.step:05d}", self.average)

    def advance(self):
        """One step: the loss of its rows, in parts of like length."""
        rate = self._rate()
        for group in self.optimizer.param_groups:
            group["lr"] = rate
        start = self.step * self.chosen.step_rows
        rows = sorted(self.plan[start : start + self.chosen.step_rows], key=lambda row: len(row[0]))
        self.model.merge(above=self.chosen.frozen)
        losses, tokens = 0.0, 0
        size = -(-len(rows) // self.chosen.parts)
        for at in range(0, len(rows), size):
            part = rows[at : at + size]
            loss = self._loss(part) / len(rows)
            loss.backward()
            losses += loss.item()
            tokens += sum(len(ids) for ids, _ in part)
        self.model.spread()
        torch.nn.utils.clip_grad_norm_(self.trained, 1.0)
        self.optimizer.step()
        self.optimizer.zero_grad(set_to_none=True)
        self.step += 1
        self._follow()
        return losses, tokens

    def _rate(self):
        warmup = max(1, self.steps // 25)
        if self.step < warmup:
            return self.chosen.rate * (self.step + 1) / warmup
        done = (self.step - warmup) / max(1, self.steps - warmup)
        return self.chosen.rate * (0.05 + 0.95 * (1 + math.cos(math.pi * min(1.0, done))) / 2)

    def _follow(self):
        decay = min(self.chosen.averaging, (1 + self.step) / (10 + self.step))
        with torch.no_grad():
            for kept, parameter in zip(self.average, self.model.parameters()):
                kept.lerp_(parameter, 1 - decay)

    def _loss(self, part):
        length = max(len(ids) for ids, _ in part)
        ids = torch.zeros(len(part), length, dtype=torch.long)
        for at, (row, _) in enumerate(part):
            ids[at, : len(row)] = torch.tensor(row)
        last = torch.tensor([len(row) - 1 for row, _ in part])
        logs = F.log_softmax(self.model(ids, last), dim=-1)
        unsafe = torch.tensor([unsafe for _, unsafe in part])
        right = torch.where(unsafe, UNSAFE, SAFE)
        wrong = torch.where(unsafe, SAFE, UNSAFE)
        smoothing = self.chosen.smoothing
        each = (1 - smoothing) * logs.gather(1, right[:, None]) + smoothing * logs.gather(1, wrong[:, None])
        return -each.sum()


def _encoded(prompts, chosen):
    plan = training_rows(chosen.data, chosen.seed, chosen.rows)
    return [(prompts.encode(row, chosen.tokens), row["label"] == "unsafe") for row in plan]


def main():
    chosen = options()
    torch.set_num_threads(chosen.threads)
    run = Run(chosen)
    run.resume()
    run.model.merge()
    began, saved_at, tokens, losses = time.time(), time.time(), 0, []
    while run.step < run.steps:
        loss, count = run.advance()
        losses.append(loss)
        tokens += count
        if run.step % 10 == 0 or run.step < 4:
            speed = tokens / (time.time() - began)
            recent = sum(losses[-20:]) / len(losses[-20:])
            print(f"{time.strftime('%H:%M:%S')} step {run.step}/{run.steps} loss {recent:.4f} {speed:.0f} tokens/s", flush=True)
        if time.time() - saved_at > chosen.minutes * 60:
            run.save()
            saved_at = time.time()
    run.save()


if __name__ == "__main__":
    main()
