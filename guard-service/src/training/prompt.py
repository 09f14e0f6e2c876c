"""The guard's prompt: guard format default-guard of the service, and how a long text is cut for training."""

START, END, NEWLINE = 1, 2, 198
SAFE, UNSAFE = 18437, 10082


class Prompts:
    """Writes the turns of a row as token ids. A turn never becomes a special token: `<|` in it is broken up."""

    def __init__(self, tokenizer):
        self.tokenizer = tokenizer
        self.user = self._header("user")
        self.agent = self._header("assistant")
        self.closing = self._header("verdict")

    def _header(self, name):
        return [START, *self._plain(name + "\n")]

    def _plain(self, text):
        return self.tokenizer.encode(text, add_special_tokens=False).ids

    def turn(self, text, limit):
        """The tokens of a text; of a longer one than the limit its first 75 % and its last 25 %."""
        ids = self._plain(text.replace("<|", "< |"))
        if len(ids) <= limit:
            return ids
        tail = limit // 4
        return ids[: limit - tail] + ids[-tail:]

    def encode(self, row, limit=160):
        """A row's prompt; an answer's row has the prompt before it, which takes at most 40 % of the limit."""
        if row.get("role") != "assistant":
            return [*self.user, *self.turn(row["text"], limit), END, NEWLINE, *self.closing]
        asked = self.turn(row["text"], limit * 2 // 5)
        answer = self.turn(row["response"] or "", limit - len(asked))
        return [*self.user, *asked, END, NEWLINE, *self.agent, *answer, END, NEWLINE, *self.closing]
