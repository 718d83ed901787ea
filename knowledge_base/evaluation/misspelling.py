"""How people really write a name: with a slip, in SMS, inside a sentence. Always the same for the same seed."""

from __future__ import annotations

import random
import re

from knowledge_base.text import fold

_LETTERS = "abcdefghijklmnopqrstuvwxyz"
# In this order: what a hurried thumb makes of French.
_SMS = [
    (r"eau\b", "o"), (r"eau", "o"), (r"au", "o"), (r"qu", "k"), (r"ph", "f"), (r"([a-z])\1", r"\1"),
    (r"tion\b", "sion"), (r"ss", "s"), (r"ai", "e"), (r"c(?=[aour])", "k"), (r"e\b", ""), (r"ent\b", "en"), (r"h", ""),
]  # fmt: skip
SENTENCES = [
    "bonjour je voudrais devenir {} comment faire",
    "jve etre {} cmt faire",
    "ma fille veut devenir {}, quelles études ?",
    "c'est quoi le métier de {} ?",
    "est-ce que {} ça recrute",
    "j'ai 16 ans et je veux travailler comme {} plus tard",
    "slt je cherche une formation pour etre {} svp",
    "quel diplôme il faut pour {} ?",
    "combien gagne {} par mois",
    "je suis en reconversion, {} c'est possible sans le bac ?",
]


def one_slip(text: str, dice: random.Random) -> str:
    """One letter dropped, doubled, replaced or swapped with the next, never the first one."""
    folded = fold(text)
    places = [place for place in range(1, len(folded)) if folded[place] != " "]
    if not places:
        return folded
    place = dice.choice(places)
    letter = folded[place]
    rest = folded[place + 1 :]
    swapped = folded[:place] + rest[:1] + letter + rest[1:] if rest[:1].strip() else folded[:place] + rest
    ways = [
        folded[:place] + rest,
        folded[:place] + letter + letter + rest,
        folded[:place] + dice.choice(_LETTERS) + rest,
        swapped,
    ]
    return dice.choice(ways)


def in_sms(text: str, dice: random.Random) -> str:
    """The text as a hurried pupil types it: two or three of the usual shortcuts."""
    written = fold(text)
    usable = [rule for rule in _SMS if re.search(rule[0], written)]
    for pattern, replacement in dice.sample(usable, min(len(usable), dice.choice((2, 3)))):
        written = re.sub(pattern, replacement, written, count=2)
    return " ".join(written.split())


def in_a_sentence(text: str, dice: random.Random) -> str:
    """The text inside a question."""
    return dice.choice(SENTENCES).format(text.lower())
