"""Turns what is written into what is said aloud: no address, acronyms and numbers as people say them, short pages."""

from __future__ import annotations

import re
from functools import lru_cache
from pathlib import Path

from channels.phone.punctuation import one_paragraph, without_signs, without_source
from language.yml import read_yml

FILE = Path(__file__).parent / "acronyms.yml"
PAGE = 420  # characters, about half a minute of speech
_URL = re.compile(r"\s*\(?(?:https?://|www\.)\S+|\s*\(?\b[\w.-]+\.(?:fr|com|org|eu|gouv\.fr)(?:/\S*)?\b\)?")
_EMAIL = re.compile(r"\S+@\S+")
_ROME = re.compile(r"\s*\(?\b[A-N]\d{4}\b\)?")
_PHONE = re.compile(r"(?<![\d,.])(?:\+33 ?[1-9]|0[1-9]|0 ?8\d\d)(?:[ .]?\d\d){3,4}(?!\d)")
_SHORT_NUMBER = re.compile(r"(?<![\d.,] )(?<![\d.,])(3[0-9])(\d\d)(?! ?\d)(?!,\d)(?!\s*(?:€|euros|heures|places|élèves))")
_THOUSANDS = re.compile(r"(?<=\d)[ \u00a0\u202f](?=\d{3}(?!\d))")
_CENTS = re.compile(r"(\d+),(\d\d)\s*(?:€|euros)")
_HOUR = re.compile(r"\b(\d{1,2})\s?h(?:\s?(\d\d))?\b")
_SITE = re.compile(r"\b(sur|via|voir) (?:https?://)?(?:www\.)?([\w-]+)(?:\.[\w-]+)*\.(?:fr|com|org|eu)\b(?:/[\w/?=&.-]*\w)?",
                   re.IGNORECASE)
_ORDINALS = {"6e": "sixième", "5e": "cinquième", "4e": "quatrième", "3e": "troisième", "2e": "deuxième",
             "2de": "seconde", "2nde": "seconde",
             "1re": "première", "1ère": "première", "1er": "premier", "Tle": "terminale", "L1": "L un", "L2": "L deux",
             "L3": "L trois", "M1": "M un", "M2": "M deux"}
_ORDINAL = re.compile(r"\b(" + "|".join(map(re.escape, _ORDINALS)) + r")\b")
_ANY_ORDINAL = re.compile(r"\b(\d{1,2})e\b")
_ACRONYM = re.compile(r"(?<![\w-])[A-ZÉ][A-Z0-9ÉÈ]{1,14}(?:-[A-Z]{3,5})?(?![\w-])")
_SENTENCE = re.compile(r"(?<=[.!?])\s+")
# Three consonants in a row, or no vowel at all: nobody reads that as a word.
_UNREADABLE = re.compile(r"[^AEIOUYÉÈ]{3}|^[^AEIOUYÉÈ]+$")


@lru_cache(maxsize=1)
def _tables() -> tuple[dict[str, str], dict[str, str]]:
    data = read_yml(FILE.read_text("utf-8"))
    return {str(key): str(value) for key, value in data["sigles"].items()}, dict(data["abreviations"])


def spoken(text: str) -> str:
    """One paragraph for a French voice."""
    text = _SITE.sub(lambda match: f"{match[1]} le site {match[2].replace('-', ' ')}", without_source(text))
    text = _URL.sub("", _EMAIL.sub("", text.replace("\u00a0", " ").replace("\u202f", " ").replace("’", "'")))
    text = without_signs(_ROME.sub("", re.sub(r"\((?:H/F|F/H)\)", "", text)))
    text = _PHONE.sub(lambda match: say_phone(match[0]), text)
    text = _SHORT_NUMBER.sub(lambda match: f"{match[1]} {match[2]}", text)
    text = _hours(_amounts(text))
    text = _ORDINAL.sub(lambda match: _ORDINALS[match[1]], text)
    text = _ANY_ORDINAL.sub(lambda match: f"{match[1]}ième", text)
    return one_paragraph(_abbreviations(_ACRONYM.sub(lambda match: say_acronym(match[0]), text)))


def say_acronym(acronym: str) -> str:
    """« CAP » → « C A P », « EPIDE » → « épide »; what is not in the file is spelled only when it cannot be read."""
    known = _tables()[0].get(acronym)
    if known is not None:
        return known
    readable = acronym.isalpha() and len(acronym) > 3 and not _UNREADABLE.search(acronym)
    return acronym.capitalize() if readable else " ".join(acronym.replace("-", ""))


def say_phone(number: str) -> str:
    """« 02 31 00 00 00 » → « zéro 2, 31, zéro zéro, zéro zéro, zéro zéro »: by pairs, as it is dictated."""
    digits = re.sub(r"\D", "", number.replace("+33", "0"))
    if digits.startswith("0800") or (digits.startswith("08") and len(digits) == 10 and " " in number and number[1:2] == " "):
        return ", ".join(["zéro", str(int(digits[1:4])), *map(_pair, _pairs(digits[4:]))])
    return ", ".join(map(_pair, _pairs(digits)))


def pages(text: str, longest: int = PAGE) -> list[str]:
    """Whole sentences together up to `longest` characters; always at least one page."""
    found = [""]
    for sentence in _SENTENCE.split(text):
        if found[-1] and len(found[-1]) + len(sentence) + 1 > longest:
            found.append(sentence)
        else:
            found[-1] = f"{found[-1]} {sentence}".strip()
    return found


def _pairs(digits: str) -> list[str]:
    return [digits[index:index + 2] for index in range(0, len(digits), 2)]


def _pair(pair: str) -> str:
    if pair == "00":
        return "zéro zéro"
    return f"zéro {pair[1]}" if pair.startswith("0") and len(pair) == 2 else pair


def _amounts(text: str) -> str:
    text = _THOUSANDS.sub("", text)
    return _CENTS.sub(lambda match: f"{match[1]} euros" + (f" {match[2]}" if int(match[2]) else ""), text)


def _hours(text: str) -> str:
    def said(match: re.Match[str]) -> str:
        minutes = f" {int(match[2])}" if match[2] and int(match[2]) else ""
        return f"{match[1]} heure{'s' if int(match[1]) > 1 else ''}{minutes}"

    return _HOUR.sub(said, text)


def _abbreviations(text: str) -> str:
    for written, said in _tables()[1].items():
        start = r"\b" if written[0].isalpha() else ""
        end = r"(?!\w)" if written[0].isalpha() else ""
        text = re.sub(f"{start}{re.escape(written)}{end}", said, text)
    return text
