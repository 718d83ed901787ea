"""Who speaks, where no tag says it: a name before a colon or in brackets, dashes of a dialogue; and what nobody said."""

from __future__ import annotations

import re

from unidecode import unidecode

from channels.transcripts.cue_text import rows

_NAME = r"[^\W\d][\w .'’@-]{0,60}?"
# « Paul Durand: », « [SPEAKER_00]: », « Paul (Région Normandie): », « >> Marie: »
_COLON = re.compile(rf"^\s*(?:[-–—]|>{{1,3}})?\s*(\[)?({_NAME})(?:\s\([^()]{{1,60}}\))?(?(1)\])\s?:\s+(?=\S)")
_BRACKETS = re.compile(rf"^\s*(?:\[({_NAME})\]|\(({_NAME})\))\s+(?=\S)")
# « Ma question : … », « par exemple : … » announce words, they name nobody.
_NO_SPEAKER = re.compile(
    r"(?:ma|mon|mes|ta|ton|tes|sa|son|ses|notre|nos|votre|vos|la|le|les|une?|des?|du|ce|cette|alors|donc|et|ou|mais|voila|par|pour"
    r"|c|j|je|bref|il|elle|on|question|reponse|exemple|attention|note|remarque|numero|adresse|date|heure|objet|ps|nb|prix|tel"
    r"|telephone|mail|site|code|rendez|deux|trois|quatre|cinq|six|dix|plusieurs|autre|bonne|petite?|premiere?|derniere?|resultat"
    r"|conclusion|precision|rappel|probleme|idee|conseil|objectif|info|enfin|sinon|ensuite|aussi|d|l|qu|comme|avec|sans|dans"
    r"|en|a|oui|non|merci|bonjour|ok|bon|ben|euh)\b.*")
# What tools write between brackets of sounds.
_SOUND = re.compile(r"(?:musi\w*|rires?|laugh\w*|applau\w*|inaudible|silence|bruits?|noise|toux|soupirs?|pause|sonnerie"
                    r"|incomprehensible|blank_audio|coupure|chuchot\w*|pleurs?)\b.*")
_PARTICLES = frozenset({"de", "du", "des", "la", "le", "d", "van", "von", "el", "ben", "da", "dos", "et"})
_LONGEST_PLAIN, _LONGEST_NAME = 3, 7  # words of « paul durand », of « Jean-Paul de la Tour d'Auvergne »
# What Whisper invents over silence: the thanks of subtitlers.
_INVENTED = re.compile(
    r"sous[- ]titr\w*(?: \w+)?(?: .{0,60}(?:amara|soci[ée]t[ée] radio-canada|communaut[ée]).{0,40}| st['’ ]? ?\d+| fr\b.{0,10}"
    r"| (?:par|de|:) .{0,60})|.{0,20}amara\.org.{0,20}"
    r"|merci d['’]avoir (?:regard[ée]|suivi|visionn[ée]) (?:cette|la|ma|notre) vid[ée]o ?!?"
    r"|(?:n['’]oubliez pas de vous abonner|abonnez[- ]vous)(?: à (?:la|ma|notre) cha[îi]ne)?(?: youtube)?.{0,40}"
    r"|thanks? (?:you )?for watching ?!?|❤️ par sous-titres.{0,40}", re.IGNORECASE)


def turns(text: str) -> list[tuple[str, str]]:
    """(speaker, words) of a cue, a row with a name or a dash of its own each; "" without a name."""
    found: list[tuple[str, str]] = []
    lines = rows(text)
    dialogue = sum(line.startswith(("-", "–", "—")) for line in lines) > 1
    for line in lines:
        speaker, words = split_speaker(line)
        begins = dialogue and line.startswith(("-", "–", "—"))
        if found and not speaker and not begins:
            found[-1] = (found[-1][0], f"{found[-1][1]} {words}")
        else:
            found.append((speaker, words.lstrip("-–— ") if begins else words))
    return found


def split_speaker(text: str) -> tuple[str, str]:
    """« Conseillère : bonjour » → (« Conseillère », « bonjour »); ("", text) without a name."""
    match = _COLON.match(text)
    name = match[2] if match else ""
    if match is None and (match := _BRACKETS.match(text)):
        name = match[1] or match[2]
        if not all(word[:1].isupper() for word in _words_of(name)):
            return "", text
    if match is None or not _names_somebody(name):
        return "", text
    return name.strip(), text[match.end():].strip()


def _names_somebody(name: str) -> bool:
    plain = unidecode(name).lower().replace("'", " ")
    if _NO_SPEAKER.fullmatch(plain) or _SOUND.fullmatch(plain):
        return False
    words = name.split()
    return len(words) <= _LONGEST_PLAIN or (len(words) <= _LONGEST_NAME and all(word[:1].isupper() for word in _words_of(name)))


def _words_of(name: str) -> list[str]:
    """The words of a name but its particles: « Jean-Paul », « Tour », « Auvergne »."""
    return [word for word in re.split(r"[ '’]", name) if word and word.lower() not in _PARTICLES]


def is_invented(text: str) -> bool:
    """« Sous-titres réalisés par la communauté d'Amara.org »: nobody said that in a call."""
    return _INVENTED.fullmatch(text.strip(" .…")) is not None
