"""Whether a name that is a word too (« eu », « vire ») is written as a place."""

from __future__ import annotations

import re

from language.fold import fold

# Accents fall, except that of « à »: it is what tells the preposition from the verb.
_KEEP_GRAVE = re.compile(r"[^\x00-\x7fà]")


def plainly_a_place(name: str, text: str) -> bool:
    """« j’ai eu » folds like « à Eu »: the accent, the capital, a longer preposition or the département's number decides."""
    plain_text = _KEEP_GRAVE.sub(lambda found: _one_case(found.group()), text)
    lived = r"j?habit\w+(?: a)?|(?:suis|vis|vit) a"
    before = rf"à|{lived}|vers|dans|(?:pres|proche|autour|ville|cote|mission locale|cio|cfa|ml) (?:d[e'])?"
    plain = re.compile(rf"\b(?:{before})\s*(?:l[ae]s?\s)?\s*{_pattern(name)}\b", re.I)
    titled = _pattern(name.title())
    capital = re.compile(rf"\b(?:[Aa]|de|en|sur|locale|CIO)\s+{titled}\b|\b{titled}(?:\s*\(\d\d\)|\s+\d\d(?:\d{{3}})?$)")
    return bool(plain.search(plain_text) or capital.search(plain_text))


def _pattern(name: str) -> str:
    return re.escape(name).replace(r"\ ", r"[\s-]")


def _one_case(char: str) -> str:
    folded = fold(char)
    return folded.upper() if char.isupper() else folded
