"""What only the eye reads - brackets, slashes, dashes, lists, sources - turned into what the ear follows."""

from __future__ import annotations

import re

# « (Source : …) » at the end: said by the page of the sheet, whose link goes out with the recap.
_SOURCE = re.compile(r"\( *Sources? :(?:[^()\n]|\([^()\n]*\))*\)\.?|\bSources? : [^\n]*")
_GENDER_ENDINGS = re.compile(r"(?<=\w)(?:\((?:e|s|es|ne|nes|euse|euses|trice|trices|ère|ères|x)\)|"
                             r"·(?:e|es|s|ne|euse|trice|ère)\b)")
_ACRONYM_ASIDE = re.compile(r"(?<=[a-zà-ÿ])\s*\([A-Z][A-Z0-9]{1,6}\)")
_ASIDE = re.compile(r"(^|[.!?]?) *[(\[]([^()\[\]]*)[)\]]", re.MULTILINE)
_POST_CODE = re.compile(r"\b\d{5} (?=[A-ZÉÈ])")
_YEARS = re.compile(r"\b(20\d\d)[-/–](20\d\d)\b")
_RANGE = re.compile(r"\b(\d{1,3})[-/–](\d{1,3})\b")
_ROUND_THE_CLOCK = re.compile(r"\b(24 ?h(?:eures)?|7 ?j(?:ours)?) ?(?:/|sur) ?(24|7)\b(?: ?h(?:eures)?| ?j(?:ours)?)?")
_DIMENSIONS = re.compile(r"\b([23])D\b")


def without_source(text: str) -> str:
    """The same text without « (Source : …) »."""
    return _SOURCE.sub("", text)


def without_signs(text: str) -> str:
    """The same text without what only the eye reads; still on several lines, numbers and acronyms as they are written."""
    text = _GENDER_ENDINGS.sub("", text)
    text = _ASIDE.sub(_aside, _ACRONYM_ASIDE.sub("", text))
    text = _ROUND_THE_CLOCK.sub(lambda match: "24 heures sur 24" if match[2] == "24" else "7 jours sur 7", text)
    text = _RANGE.sub(r"\1 à \2", _YEARS.sub(r"\1 \2", _POST_CODE.sub("", text)))
    text = re.sub(r"(?<=[^\W\d])\s*/\s*(?=[^\W\d])", " ou ", _DIMENSIONS.sub(r"\1 D", text))
    return re.sub(r" +[–—-] +|\s*;\s*", ", ", text)


def one_paragraph(text: str) -> str:
    """The lines as sentences that follow each other, with one sign at most between two words."""
    lines = [re.sub(r"^[\s•*–-]+", "", line).strip() for line in text.split("\n")]
    text = " ".join(line if line[-1] in ".!?:,…" else f"{line}." for line in filter(None, lines[:-1]))
    text = f"{text} {lines[-1]}"
    text = re.sub(r"[«»\"*_#>•()\[\]]", " ", text)
    text = re.sub(r"…\s*(?=[A-ZÀ-Ý]|$)", ". ", text).replace("…", ", ")
    text = re.sub(r"\s+", " ", text)
    text = re.sub(r"\s*,(?:\s*,)*\s*(?=:)", " ", text)
    text = re.sub(r"\s*,(?:\s*,)*\s*(?=[.!?])|\s+(?=[.,])", "", text)
    text = re.sub(r"([.!?])(?:\s*[.,:])+|(:)(?:\s*[.,:])+|(,)(?:\s*,)+", r"\1\2\3", text)
    return re.sub(r"\s*[:,]\s*$", ".", text).strip(" ,")


def ended(text: str) -> str:
    """The text with a full stop when nothing ends it: two answers must not run into each other."""
    return f"{text}." if text and text[-1] not in ".!?:…" else text


def _aside(match: re.Match[str]) -> str:
    inside = match[2].strip().rstrip(".")
    if not inside:
        return match[1]
    begins = match.start() == 0 or match.string[match.start() - 1] == "\n"
    return f"{match[1]} {inside}." if match[1] or begins else f", {inside},"
