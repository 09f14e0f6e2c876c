"""Rows of whole posts: alone, with others of their kind, or with harmless text around them, so that length tells nothing."""

from authored.passages import chosen, contempt, everyday, injections, longer, parted, queries, self_harm, sexual, violence
from authored.posts import fill, sentences

KINDS = {"S11": self_harm, "S1": violence, "S12": sexual, "S10": contempt}
SHARES = {"S11": 14, "S1": 11, "S12": 11, "S10": 11, "safe": 53}


def rows(rng, keep, hosts, count):
    """Posts as (text, label, categories, kind); keep tells whether a passage belongs to this side of the split."""
    pools = {kind: list(filter(keep, parted(module.UNSAFE) + parted(getattr(longer, kind)))) for kind, module in KINDS.items()}
    harmless = [list(filter(keep, parted(module.SAFE))) for module in (*KINDS.values(), everyday, longer)]
    made = []
    for kind in rng.choices(list(SHARES), list(SHARES.values()), k=count):
        pool = rng.choice(harmless) if kind == "safe" else pools[kind]
        text, form = _post(rng, pool, rng.choice(harmless), hosts)
        made.append((text, "safe" if kind == "safe" else "unsafe", [] if kind == "safe" else [kind], "passage " + form))
    return made


def injection_rows(rng, keep, count):
    """Orders to the model and their harmless look-alikes, one in two unsafe; injections name no category."""
    pools = {"unsafe": list(filter(keep, parted(injections.UNSAFE))), "safe": list(filter(keep, parted(injections.SAFE)))}
    labels = [rng.choice(["safe", "unsafe"]) for _ in range(count)]
    return [(_written(rng, rng.choice(pools[label])), label, [], "injection") for label in labels]


def question_rows(rng, keep, count):
    """Questions, four in nine unsafe."""
    pools = {"unsafe": list(filter(keep, parted(queries.UNSAFE))), "safe": list(filter(keep, parted(queries.SAFE)))}
    labels = rng.choices(["unsafe", "safe"], [4, 5], k=count)
    return [(_written(rng, queries.filled(rng, rng.choice(pools[label]))), label, [], "query") for label in labels]


def _post(rng, pool, around, hosts):
    parts, shape = [_written(rng, rng.choice(pool))], rng.random()
    between = rng.choice([" ", " ", "\n", "\n\n"])
    if shape < 0.2:
        return parts[0], "alone"
    if shape < 0.55:
        more = rng.sample(pool, min(len(pool), rng.choice([1, 1, 2, 3, 4])))
        return between.join(parts + [_written(rng, passage) for passage in more]), "among its like"
    if shape < 0.7:
        for _ in range(rng.choice([1, 1, 2, 3])):
            parts.insert(rng.randint(0, len(parts)), _written(rng, rng.choice(around)))
        return between.join(parts), "among harmless ones"
    host = sentences(rng.choice(hosts), rng)
    place = rng.randint(0, len(host))
    return " ".join([*host[:place], *parts, *host[place:]]), "in a host"


def _written(rng, passage):
    text = fill(rng, chosen(rng, passage))
    roll = rng.random()
    if roll < 0.12:
        text = text.lower()
    elif roll < 0.2:
        text = text.replace("'", "")
    return text
