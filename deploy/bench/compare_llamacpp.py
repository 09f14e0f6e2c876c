"""Alternates our engine and llama.cpp on one model file; started by compare-llamacpp, which says how."""

import glob
import json
import os
import pathlib
import re
import statistics
import subprocess
import sys

HERE = pathlib.Path(__file__).resolve().parent
CHASQUI = HERE.parent / "chasqui"
THREADS = int(os.environ.get("THREADS", "2"))
ROUNDS = int(os.environ.get("ROUNDS", "5"))
PROMPT = int(os.environ.get("PROMPT", "512"))
GENERATE = int(os.environ.get("GENERATE", "64"))
BATCHES = [int(n) for n in os.environ.get("BATCHES", "8 16").split()]
BATCH_PROMPT = 128
BACKEND = os.environ.get("BACKEND", "auto")
VERSIONS = ("0.3.36", "0.3.7")


def output(*command):
    done = subprocess.run([str(part) for part in command], capture_output=True, text=True, check=False)
    if done.returncode:
        sys.exit(f"{' '.join(map(str, command))}: {done.stderr.strip()[-400:] or done.stdout.strip()[-400:]}")
    return done.stdout


def model_file():
    if len(sys.argv) == 2:
        return pathlib.Path(sys.argv[1])
    cache = pathlib.Path(os.environ.get("XDG_CACHE_HOME", pathlib.Path.home() / ".cache"))
    found = sorted(glob.glob(str(cache / "chasqui*" / "**" / "SmolLM2-135M-Instruct*.gguf"), recursive=True))
    if not found:
        sys.exit("name a GGUF file: the default model was not fetched yet")
    return pathlib.Path(found[0])


def engines():
    if "LLAMA" in os.environ:
        return {path: pathlib.Path(path) for path in os.environ["LLAMA"].split()}
    return {f"llama.cpp of llama-cpp-python {v}": pathlib.Path(output(HERE / "build-llamacpp", v).strip()) for v in VERSIONS}


def random_model(shape, kind):
    """A file for llama.cpp; ours makes the same weights in memory."""
    cache = pathlib.Path(os.environ.get("XDG_CACHE_HOME", pathlib.Path.home() / ".cache")) / "chasqui" / "random"
    cache.mkdir(parents=True, exist_ok=True)
    file = cache / f"{shape}-{kind}.gguf"
    if not file.exists():
        python = cache / "venv" / "bin" / "python"
        if not python.exists():
            output(sys.executable, "-m", "venv", cache / "venv")
            output(python, "-m", "pip", "install", "--quiet", "gguf==0.19.0")
        part = file.with_suffix(".part")
        output(python, HERE / "random_gguf.py", part, shape, kind)
        part.rename(file)
    return file


def ours_once(model, prompt, generate, concurrency):
    return json.loads(output(CHASQUI, "engine", "bench", *model, "--backend", BACKEND, "--threads", THREADS, "--prompt-tokens", prompt,
                             "--generate-tokens", generate, "--concurrency", concurrency, "--json"))


def ours(model):
    alone = ours_once(model, PROMPT, GENERATE, 1)
    short = ours_once(model, BATCH_PROMPT, GENERATE, ",".join(map(str, [1, *BATCHES])))
    figures = {f"prefill {PROMPT}": alone["results"][0]["prefill_tokens_per_second"]}
    for result in short["results"]:
        figures[f"decode {result['concurrency']}"] = result["decode_tokens_per_second"]
    machine = (short.get("machine_read_gb_per_second"), short.get("machine_int8_gigaops_per_second"))
    return figures, machine, {r["concurrency"]: r["decode_read_gb_per_second"] for r in short["results"]}, alone["backend"]


def theirs(programs, model):
    rows = json.loads(output(programs / "llama-bench", "-m", model, "-t", THREADS, "-p", PROMPT, "-n", GENERATE, "-r", 1, "-o", "json"))
    figures = {("prefill %d" % PROMPT if row["n_prompt"] else "decode 1"): row["avg_ts"] for row in rows}
    tokens = (BATCH_PROMPT + GENERATE) * max(BATCHES)
    table = output(programs / "llama-batched-bench", "-m", model, "-t", THREADS, "-c", tokens, "-b", 512, "-npp", BATCH_PROMPT,
                   "-ntg", GENERATE, "-npl", ",".join(map(str, BATCHES)))
    for line in table.splitlines():
        cells = [cell.strip() for cell in line.strip().strip("|").split("|")]
        if len(cells) >= 8 and re.fullmatch(r"\d+", cells[0]):
            figures[f"decode {cells[2]}"] = float(cells[7])  # S_TG t/s
    return figures


def main():
    if len(sys.argv) == 3:
        model = random_model(sys.argv[1], sys.argv[2])
        mine = ["--shape", sys.argv[1], "--type", sys.argv[2]]
    else:
        model = model_file()
        mine = ["--model", model]
    peers = engines()
    runs = {"chasqui": []} | {name: [] for name in peers}
    reads, ints, read_of_one = [], [], []
    for turn in range(ROUNDS):
        load = os.getloadavg()[0]
        figures, (read, rate), needed, backend = ours(mine)
        runs["chasqui"].append(figures)
        if read:
            reads.append(read)
            ints.append(rate)
            read_of_one.append(needed[1])
        for name, programs in peers.items():
            runs[name].append(theirs(programs, model))
        print(f"round {turn + 1} of {ROUNDS}: load before it {load:.2f}", file=sys.stderr, flush=True)
    report(model, backend, runs, list(peers), reads, ints, read_of_one)


def report(model, backend, runs, peers, reads, ints, read_of_one):
    middle = {name: {key: statistics.median(run[key] for run in turns) for key in turns[0]} for name, turns in runs.items()}
    print(f"{model.name}, {THREADS} threads, medians of {ROUNDS} alternations, tokens/s; backend {backend}")
    for key in middle["chasqui"]:
        best = max(peers, key=lambda name: middle[name].get(key, 0.0))
        rest = ", ".join(f"{name} {middle[name].get(key, 0.0):.1f}" for name in peers)
        print(f"  {key:12s} chasqui {middle['chasqui'][key]:8.1f}   {rest}   ratio to the faster {middle['chasqui'][key] / max(middle[best].get(key, 0.0), 1e-9):.2f}")
    if reads:
        read, one = statistics.median(reads), statistics.median(read_of_one)
        print(f"  this machine reads {read:.1f} GB/s and multiplies {statistics.median(ints):.0f} int8 GOP/s;"
              f" decode 1 reads {one:.1f} GB/s of weights: {100 * one / read:.0f} % of what it can")
    print(f"  load now {os.getloadavg()[0]:.2f}")


main()
