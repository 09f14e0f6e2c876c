"""Scores adapters on the validation proxies and prints what is known of them.

python evaluate.py --data FOLDER --base MODEL.gguf ADAPTER_FOLDER... [--out SCORES.json]
"""

import argparse
import json

import numpy as np
import torch
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import average_precision_score

import adapter_file
from gguf_base import read_base, read_tokenizer
from llama import Guard
from prompt import SAFE, UNSAFE, Prompts
from rows import training_rows, validation

LIMIT, TOKENS_AT_ONCE = 400, 3000


def margins(model, prompts, rows):
    """The logit of unsafe less that of safe, for each row."""
    encoded = [prompts.encode(row, LIMIT) for row in rows]
    order = sorted(range(len(rows)), key=lambda at: len(encoded[at]))
    scores = np.zeros(len(rows))
    with torch.inference_mode():
        while order:
            length = len(encoded[order[-1]])
            part = [order.pop() for _ in range(min(len(order), max(1, TOKENS_AT_ONCE // length)))]
            ids = torch.zeros(len(part), length, dtype=torch.long)
            for at, row in enumerate(part):
                ids[at, : len(encoded[row])] = torch.tensor(encoded[row])
            logits = model(ids, torch.tensor([len(encoded[row]) - 1 for row in part]))
            scores[part] = (logits[:, UNSAFE] - logits[:, SAFE]).numpy()
    return scores


def n_gram_margins(data, rows):
    """What a style-only judge says: logistic regression on character n-grams of the training rows."""
    trained = training_rows(data, 20, 6400)
    grams = TfidfVectorizer(analyzer="char_wb", ngram_range=(2, 4), min_df=4, max_features=60000, sublinear_tf=True)
    judge = LogisticRegression(C=4.0, solver="liblinear")
    judge.fit(grams.fit_transform(_whole(row) for row in trained), [row["label"] == "unsafe" for row in trained])
    return judge.decision_function(grams.transform(_whole(row) for row in rows))


def _whole(row):
    return row["text"] + ("\n" + row["response"] if row["role"] == "assistant" and row["response"] else "")


def report(sets, scores):
    """Prints the figures of one judge: each proxy, at the threshold that stops 10 % of all harmless rows."""
    labels = {name: np.array([row["label"] == "unsafe" for row in rows]) for name, rows in sets.items()}
    harmless = np.concatenate([scores[name][~labels[name]] for name in sets if name != "injections" or len(sets) == 1])
    threshold = np.quantile(harmless, 0.9)
    print(f"  threshold for 10 % false positives on all: margin {threshold:.2f}, score {1 / (1 + np.exp(-threshold)):.3f}")
    for name, rows in sets.items():
        unsafe, score = labels[name], scores[name]
        written = np.array([row["source"].startswith("authored here") for row in rows])
        print(f"  {name}: AUPRC {_auprc(unsafe, score)} of {unsafe.mean():.3f} positive")
        apart = np.array([row["source"].endswith(" apart") for row in rows])
        for those, what in ((~written, "held-back sources"), (written & ~apart, "held-back phrases"), (apart, "by hand, apart")):
            if 0 < those.sum() < len(rows):
                print(f"    {what}: AUPRC {_auprc(unsafe[those], score[those])} of {unsafe[those].mean():.3f} positive")
        for at, what in ((0.0, "score 0.5"), (threshold, "threshold")):
            print(f"    at {what}: recall {(score[unsafe] > at).mean():.3f}, false positives {(score[~unsafe] > at).mean():.3f}")
        _by(rows, score > threshold, lambda row: row["source"])
        _by(rows, score > threshold, lambda row: row["categories"][0] if row["categories"] else None)


def _auprc(unsafe, score):
    """The AUPRC as found, and as it would be with three unsafe rows in ten: sets of other shares compare by that."""
    weights = np.where(unsafe, 0.3 / unsafe.mean(), 0.7 / (1 - unsafe.mean()))
    return f"{average_precision_score(unsafe, score):.3f} ({average_precision_score(unsafe, score, sample_weight=weights):.3f} at 0.3)"


def _by(rows, stopped, key):
    for value in sorted({key(row) for row in rows} - {None}):
        line = []
        for label, what in (("unsafe", "recall"), ("safe", "false positives")):
            those = np.array([key(row) == value and row["label"] == label for row in rows])
            if those.any():
                line.append(f"{what} {stopped[those].mean():.2f} of {those.sum()}")
        print(f"      {value}: {', '.join(line)}")


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("adapters", nargs="*")
    parser.add_argument("--data", required=True)
    parser.add_argument("--base", required=True)
    parser.add_argument("--out")
    parser.add_argument("--every", type=int, default=1, help="takes only every so manieth row: a quick look")
    parser.add_argument("--sets", nargs="*", help="which proxies, by name; all of them otherwise")
    parser.add_argument("--n-grams", action="store_true")
    parser.add_argument("--threads", type=int, default=2)
    chosen = parser.parse_args()
    torch.set_num_threads(chosen.threads)
    sets = {name: rows[:: chosen.every] for name, rows in validation(chosen.data).items() if not chosen.sets or name in chosen.sets}
    found = {}
    if chosen.n_grams:
        found["character n-grams"] = {name: n_gram_margins(chosen.data, rows) for name, rows in sets.items()}
    base = read_base(chosen.base)
    prompts, model = Prompts(read_tokenizer(base)), Guard(base)
    for folder in chosen.adapters:
        adapter_file.load(model, folder)
        with torch.no_grad():
            model.merge()
        found[folder] = {name: margins(model, prompts, rows) for name, rows in sets.items()}
    for judge, scores in found.items():
        print(judge)
        report(sets, scores)
    if chosen.out:
        with open(chosen.out, "w", encoding="utf-8") as out:
            json.dump({judge: {name: s.tolist() for name, s in scores.items()} for judge, scores in found.items()}, out)


if __name__ == "__main__":
    main()
