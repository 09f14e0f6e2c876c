"""The rows that train and validate: the data given as a folder, and what the scripts of `authored` write.

A row is a dict as in the data: text, role, response, label, categories, source. Whole sources are held back, and so is
a sixth of the phrases that the scripts write with: nothing that validates was trained on by this run.
"""

import json
import random
import re
import zlib
from pathlib import Path

from authored import apart, apart_posts, posts, questions
from authored.passages import posts as passages

HELD_BACK_POSTS = ("ellamguest/online-misogyny-eacl2021", "surge-ai/toxicity")
HELD_BACK_QUESTIONS = ("allenai/noncompliance (CoCoNot)", "bertiev/SimpleSafetyTests", "authored for this set")
HELD_BACK_INJECTIONS = ("PurpleLlama CyberSecEval prompt_injection", "authored for this set", "tatsu-lab/stanford_alpaca seed_tasks")
LONG = 35  # words of a long post
HOSTS = ("MASC tagged", "movie_reviews", "nbertagnolli/counsel-chat", "nltk_data", "GoEmotions", "t-davidson")

# How often a row of a source is taken, beside 1: text as people write it up, templates and doubtful labels down.
WEIGHTS = {
    "MASC tagged": 1.6, "movie_reviews": 0.8, "nbertagnolli/counsel-chat": 1.6, "GoEmotions": 1.3, "rewire-online/edos": 1.0,
    "Vicomtech/hate-speech-dataset": 1.3, "ipavlopoulos/toxic_spans": 1.2, "authored for guard_extra": 1.2, "openai/grade-school-math": 0.3,
    "openai/human-eval": 0.4, "conversationai/unintended": 0.3, "DAMO-NLP-SG": 0.4, "Aatrox103/SAP": 0.4, "thu-coai/DiaSafety": 0.4,
    "sharonlevy/SafeText": 0.4, "sherdencooper/GPTFuzz responses": 0.6, "microsoft/SafeNLP toxiGen": 0.7, "microsoft/SafeNLP implicitHate": 0.7,
    "PurpleLlama CyberSecEval": 0.4, "mlcommons/ailuminate": 1.5, "clinc/oos-eval": 0.6,
}  # fmt: skip
# What of a plan is written by our scripts; the rest is data.
SHARES = {"questions": 0.17, "queries": 0.08, "posts": 0.10, "passages": 0.28, "injections": 0.04, "woven": 0.06}
SELF_HARM = re.compile(r"suicid|kill(ing)? (my|him|her)self|self.?harm|cut(ting)? (my|him|her)self|end(ing)? (my|his|her) life|want to die", re.I)


def weight(row):
    """How often a row is taken; 0 for rows whose label contradicts the hazards looked for."""
    if row["source"].startswith("nbertagnolli") and row["label"] == "safe" and row["role"] == "user" and SELF_HARM.search(row["text"]):
        return 0.0
    found = next((value for name, value in WEIGHTS.items() if row["source"].startswith(name)), 1.0)
    profane_only = row["source"].startswith("ipavlopoulos") and row["label"] == "unsafe" and not row["categories"]
    return found * (0.5 if profane_only else 1.0)


def read(data):
    """All rows of guard_dev and guard_extra below the data folder."""
    rows = []
    for name in ("guard_dev", "guard_extra"):
        with open(Path(data) / "guard" / f"{name}.jsonl", encoding="utf-8") as lines:
            rows += [json.loads(line) for line in lines]
    return rows


def trained_phrase(phrase):
    return zlib.crc32(str(phrase).encode()) % 6 != 0


def held_back_phrase(phrase):
    return not trained_phrase(phrase)


def training_rows(data, seed, count):
    """A plan of rows in the order in which they are trained on; the same for the same seed and count."""
    rng = random.Random(seed)
    held = HELD_BACK_POSTS + HELD_BACK_QUESTIONS
    known = [row for row in read(data) if row["source"] not in held and not _held_back_host(row)]
    shares = {name: round(count * share) for name, share in SHARES.items()}
    asked = _authored(questions.rows(rng, trained_phrase))
    plan = _taken(rng, asked, shares["questions"], lambda row: 1.0)
    hosts = [row["text"] for row in known if _is_host(row)]
    plan += _authored(posts.rows(rng, trained_phrase, hosts, shares["posts"]))
    plan += _authored(passages.rows(rng, trained_phrase, hosts, shares["passages"]))
    plan += _authored(passages.question_rows(rng, trained_phrase, shares["queries"]))
    plan += _authored(passages.injection_rows(rng, trained_phrase, shares["injections"]))
    plan += woven(rng, known, hosts, shares["woven"])
    plan += _taken(rng, known, count - len(plan), weight)
    rng.shuffle(plan)
    return plan


def woven(rng, known, hosts, count):
    """Statements of the data, harmful and harmless ones, set into harmless long texts."""
    statements = {"safe": [], "unsafe": []}
    for row in known:
        if row["role"] == "user" and len(row["text"]) < 200 and {"S1", "S10", "S11", "S12"} & {*row["categories"], *_safe_twin(row)}:
            statements[row["label"]].append(row)
    made = []
    for _ in range(count):
        row = rng.choice(statements[rng.choice(["safe", "unsafe"])])
        sentences = posts.sentences(rng.choice(hosts), rng)
        sentences.insert(rng.randint(0, len(sentences)), row["text"])
        made.append({**row, "text": " ".join(sentences), "source": "woven"})
    return made


def validation(data, seed=7):
    """By name: proxies of web posts, questions and injections, of held-back sources and phrases, and what was written apart."""
    rng = random.Random(seed)
    known = read(data)
    held_posts = _by_source(known, HELD_BACK_POSTS)
    hosts = [row["text"] for row in known if row["source"] == HELD_BACK_POSTS[0] and row["label"] == "safe" and len(row["text"]) > 200]
    written = _authored(posts.rows(rng, held_back_phrase, hosts, 260))
    asked = _authored(questions.rows(rng, held_back_phrase))
    sets = {"long posts": _long_posts(rng, known, held_posts), "posts": _some(rng, held_posts, 130) + written}
    sets["questions"] = _some(rng, _by_source(known, HELD_BACK_QUESTIONS), 150) + rng.sample(asked, 450) + _authored(passages.question_rows(rng, held_back_phrase, 60))
    sets["apart"] = _authored(apart.rows())
    sets["injections"] = _injections(data) + _authored(passages.injection_rows(rng, held_back_phrase, 40))
    return sets


def _long_posts(rng, known, held_posts):
    """Long posts: by hand, of held-back sources and passages, and harmless rows of the hosts' sources."""
    hosts = [row for row in known if _held_back_host(row) and weight(row) > 0]
    long = {source: [row for row in rows if _is_long(row)] for source, rows in held_posts.items()}
    made = _authored(apart_posts.rows()) + _some(rng, long, 40)
    made += _authored(passages.rows(rng, held_back_phrase, [row["text"] for row in hosts], 120))
    return made + rng.sample(hosts, 60)


def _is_long(row):
    return len(row["text"].split()) >= LONG


def _held_back_host(row):
    """An eighth of the hosts' sources; their sources are trained on, these rows are not."""
    return _is_host(row) and _is_long(row) and zlib.crc32(row["id"].encode()) % 8 == 0


def _injections(data):
    """English orders to a model that a held-back source tells, and harmless requests."""
    with open(Path(data) / "injection" / "injection_dev.jsonl", encoding="utf-8") as lines:
        return [row for row in map(json.loads, lines) if row["source"] in HELD_BACK_INJECTIONS]


def _safe_twin(row):
    return {"S10"} if row["label"] == "safe" and row["source"].startswith(("rewire", "Vicomtech", "microsoft", "paul", "authored", "t-dav")) else set()


def _is_host(row):
    return row["label"] == "safe" and row["role"] == "user" and row["source"].startswith(HOSTS) and len(row["text"]) > 70 and weight(row) > 0


def _by_source(rows, sources):
    return {source: [row for row in rows if row["source"] == source] for source in sources}


def _some(rng, by_source, most):
    """At most so many of each source and label."""
    taken = []
    for rows in by_source.values():
        for label in ("safe", "unsafe"):
            labelled = [row for row in rows if row["label"] == label]
            taken += rng.sample(labelled, min(most, len(labelled)))
    return taken


def _taken(rng, rows, count, weigh):
    """Rows by weight, none twice before all others with a weight were taken once."""
    taken = []
    while len(taken) < count:
        keyed = [(rng.random() ** (1 / weigh(row)), index) for index, row in enumerate(rows) if weigh(row) > 0]
        keyed.sort(reverse=True)
        taken += [rows[index] for _, index in keyed[: count - len(taken)]]
    return taken


def _authored(made):
    return [
        {"text": text, "role": "user", "response": None, "label": label, "categories": categories, "source": "authored here: " + kind}
        for text, label, categories, kind in made
    ]
