"""Alternates decoding alone and beside a process that takes half a core; started by half-core, which says how."""

import json
import os
import pathlib
import statistics
import subprocess
import sys

CHASQUI = pathlib.Path(__file__).resolve().parent.parent / "chasqui"
THREADS = os.environ.get("THREADS", "2")
ROUNDS = int(os.environ.get("ROUNDS", "5"))
GENERATE = os.environ.get("GENERATE", "128")
# Busy for 5 ms, idle for 5 ms, until its standard input closes: it ends with this script, however that ends.
BUSY = """
import select, sys, time
while not select.select([sys.stdin], [], [], 0.005)[0]:
    end = time.perf_counter() + 0.005
    while time.perf_counter() < end:
        pass
"""


def decode():
    model = ["--model", sys.argv[1]] if len(sys.argv) > 1 else []
    command = [CHASQUI, "engine", "bench", *model, "--threads", THREADS, "--prompt-tokens", "32", "--generate-tokens", GENERATE,
               "--concurrency", "1", "--json"]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode:
        sys.exit(done.stderr.strip() or done.stdout.strip())
    return json.loads(done.stdout)["results"][0]["decode_tokens_per_second"]


def main():
    alone, beside = [], []
    for turn in range(ROUNDS):
        print(f"round {turn + 1} of {ROUNDS}: load before it {os.getloadavg()[0]:.2f}", file=sys.stderr, flush=True)
        alone.append(decode())
        busy = subprocess.Popen([sys.executable, "-c", BUSY], stdin=subprocess.PIPE)
        try:
            beside.append(decode())
        finally:
            busy.stdin.close()
            busy.wait()
    one, other = statistics.median(alone), statistics.median(beside)
    print(f"decode 1, {THREADS} threads, medians of {ROUNDS} alternations, tokens/s")
    print(f"  alone {one:.1f}   beside half a core of other work {other:.1f}   it keeps {100 * other / one:.0f} %")


main()
