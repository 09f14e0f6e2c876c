"""Whole web posts with alternatives in them: [a|b] takes one of both, and slots in braces are filled as in posts.

Each file holds posts of one kind, parted by empty lines; thousands of different ones come of a few dozen.
"""

import re

CHOICE = re.compile(r"\[([^\[\]]*)\]")


def parted(texts):
    """The posts of a text, which empty lines part."""
    return [post.strip() for post in texts.strip().split("\n\n")]


def chosen(rng, text):
    """A post with one of each of its alternatives, inner ones first, and no double spaces where nothing was taken."""
    while found := CHOICE.search(text):
        text = text[: found.start()] + rng.choice(found.group(1).split("|")) + text[found.end() :]
    return re.sub(r" +([ ,.!?])", r"\1", text).replace("\\n", "\n").strip()
