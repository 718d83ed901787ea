"""SubRip: no standard, many dialects. Commas or dots, hours or none, missing numbers, tags, names before a colon."""

from __future__ import annotations

import re
from unicodedata import normalize

from unidecode import unidecode

from channels.transcripts.cue_text import plain
from channels.transcripts.model import BrokenTranscript, Line

_TIME = r"-?(?:(\d{1,3}):)?(\d{1,2}):(\d{1,2})(?:[,.](\d{1,3}))?"
_ARROW = re.compile(rf"^\s*{_TIME}\s*-{{1,2}}>\s*{_TIME}(?:\s.*)?$", re.ASCII)
_SPEAKER = re.compile(r"^\s*(?:[-–]\s*)?(\[)?([^\W\d][\w .'’-]{0,40})(?(1)\])\s?:\s+(?=\S)")
# « Ma question : … », « par exemple : … » announce words, they name nobody.
_NO_SPEAKER = re.compile(r"(?:ma|mon|mes|la|le|les|une?|des?|du|ce|cette|alors|donc|et|ou|mais|voila|par|pour|c|j|je|bref"
                         r"|il|elle|on|question|reponse|exemple|attention|note|remarque|numero|adresse|date|heure|objet|ps|nb|prix|tel)\b.*")
_INDEX = re.compile(r"\d+[.):]?")
# What Whisper invents over silence: the thanks of subtitlers.
_INVENTED = re.compile(r"sous[- ]titr\w+ .{0,60}(?:amara|soci[ée]t[ée] radio-canada|communaut[ée]).{0,40}"
                       r"|.{0,20}amara\.org.{0,20}"
                       r"|merci d'avoir regard[ée] cette vid[ée]o ?!?", re.IGNORECASE)
_LONGEST_SPEAKER = 3  # words


def parse_srt(text: str) -> list[Line]:
    """The lines of a file.

    Raises:
        BrokenTranscript: not one line of times.
    """
    rows = text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n").split("\n")
    marks = [(index, match) for index, row in enumerate(rows) if (match := _ARROW.match(normalize("NFKC", row)))]
    if not marks:
        raise BrokenTranscript("Aucune ligne de temps « 00:00:01,000 --> 00:00:02,000 » dans ce fichier SRT.")
    ends = [index for index, _ in marks[1:]] + [len(rows)]
    cues = ((match, rows[index + 1:end], end < len(rows)) for (index, match), end in zip(marks, ends, strict=True))
    return [line for cue in cues if (line := _line(*cue))]


def _line(match: re.Match[str], rows: list[str], more: bool) -> Line | None:
    text = re.sub(r"\{\\[^}]*\}", "", "\n".join(_words(rows, more)))
    speaker, words = split_speaker(plain(text))
    if not words or is_invented(words):
        return None
    return Line(words, speaker, _seconds(match.groups()[:4]), _seconds(match.groups()[4:]))


def _words(rows: list[str], more: bool) -> list[str]:
    """The rows of a cue without the number of the next one."""
    kept = list(rows)
    while kept and not kept[-1].strip():
        kept.pop()
    # The next cue's number stands just above its times, after a blank line in all but the worst files.
    if more and kept and _INDEX.fullmatch(kept[-1].strip()) and (rows[-1].strip() == kept[-1].strip()):
        kept.pop()
    return kept


def split_speaker(text: str) -> tuple[str, str]:
    """« Conseillère : bonjour » → (« Conseillère », « bonjour »); ("", text) without a name."""
    match = _SPEAKER.match(text)
    if match is None or len(match[2].split()) > _LONGEST_SPEAKER:
        return "", text
    if _NO_SPEAKER.fullmatch(unidecode(match[2]).lower().replace("'", " ")):
        return "", text
    return match[2].strip(), text[match.end():].strip()


def is_invented(text: str) -> bool:
    """« Sous-titres réalisés par la communauté d'Amara.org »: nobody said that in a call."""
    return _INVENTED.fullmatch(text.strip(" .…")) is not None


def _seconds(parts: tuple[str | None, ...]) -> float:
    hours, minutes, seconds, fraction = parts
    thousandths = int((fraction or "0").ljust(3, "0"))
    return int(hours or 0) * 3600 + int(minutes or 0) * 60 + int(seconds or 0) + thousandths / 1000
