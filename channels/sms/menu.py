"""Numbered choices of an SMS: « Répondez 1 : … », as long as there is room for."""

from __future__ import annotations

import re
from collections.abc import Sequence

from channels.messages import QuickReply, Reply

MOST_CHOICES = 9  # one digit
_LABELS = (44, 26, 16)  # characters of a choice, from the clearest to the shortest
_ROOM = 170  # places that choices may take
_LITTLE = 100  # places that the choices of a text that is cut may take
_FEW = 5  # up to here a choice is dropped rather than all of them cut short
_SMALL_WORDS = re.compile(r"(?: (?:et|ou|de|du|des|la|le|les|un|une|au|aux|en|à|a|pour|d'|l'))+$")
_SAME = 3  # letters that show that two words are one trade
_ENDINGS = ("trice", "euse", "ère", "ienne", "ive")
_SLOT = re.compile(r"entre (\d+) h(?: (\d\d))? et (\d+) h(?: (\d\d))?")
_MONTHS = {"janvier": "janv.", "février": "févr.", "juillet": "juil.", "septembre": "sept.", "octobre": "oct.",
           "novembre": "nov.", "décembre": "déc."}
_MONTH = re.compile(rf"(?<=\d )(?:{'|'.join(_MONTHS)})|(?<=1er )(?:{'|'.join(_MONTHS)})")
_ASIDE = re.compile(r"\s*\([^()]*\)")


def offered(replies: Sequence[Reply]) -> Sequence[QuickReply]:
    """The choices to number: those of the last reply that has any, for the relay reads a number against them."""
    return next((reply.quick_replies for reply in reversed(replies) if reply.quick_replies), ())[:MOST_CHOICES]


def blocks(choices: Sequence[QuickReply], lead: str, person: str) -> list[str]:
    """The choices as lines after `lead`, the clearest form first, then shorter ones; [""] when there is nothing to choose (or
    the text says it). `person`: the short word for « Parler à un conseiller »."""
    if not choices or all(button.label == str(number) for number, button in enumerate(choices, 1)):
        return [""]
    labels = [(number, button.label) for number, button in enumerate(choices, 1)]
    brief = [(number, person if _leads_to_a_person(choices[number - 1]) else label) for number, label in labels]
    # With few choices a clear one less is better than all of them cut to a riddle; its number still works.
    least = [brief[0], brief[-1]] if 2 < len(choices) <= _FEW else brief
    longest, middle, shortest_label = _LABELS
    forms = [(labels, longest), (labels, middle), (brief, middle), (least, middle if len(choices) <= _FEW else shortest_label)]
    found = list(dict.fromkeys(_block(form, lead, length) for form, length in forms))
    return [block for block in found[:-1] if len(block) <= _ROOM] + found[-1:]


def shortest(menus: Sequence[str]) -> str:
    """The menu for a text that must be cut anyway: clear labels as long as they take little room."""
    return next((menu for menu in menus if len(menu) <= _LITTLE), menus[-1])


def _leads_to_a_person(choice: QuickReply) -> bool:
    return choice.payload.get("command") in {"person", "handover"}


def _block(choices: Sequence[tuple[int, str]], lead: str, longest: int) -> str:
    return f"\n{lead} " + "\n".join(f"{number} : {_short(label, longest)}" for number, label in choices)


def _without_asides(label: str) -> str:
    return _ASIDE.sub("", label)


def _time_in_short(label: str) -> str:
    """« entre 9 h et 10 h » → « 9h-10h », « mardi 1er décembre » → « mardi 1er déc. »: a time that is cut is no choice."""
    label = _SLOT.sub(lambda found: f"{found[1]}h{found[2] or ''}-{found[3]}h{found[4] or ''}", label)
    return _MONTH.sub(lambda found: _MONTHS[found[0]], label)


def _both_genders(label: str) -> str:
    """« Technicien / Technicienne de laboratoire » → « Technicien/ne de laboratoire »."""
    man, _, woman = label.partition(" / ")
    his, _, his_words = man.partition(" ")
    hers, _, her_words = woman.partition(" ")
    if not woman or his[:_SAME] != hers[:_SAME]:
        return label
    ending = hers.removeprefix(his) if hers.startswith(his) else next((end for end in _ENDINGS if hers.endswith(end)), "")
    return f"{his}{'/' if ending else ''}{ending} {his_words or her_words}".strip()


def _short(label: str, longest: int) -> str:
    """At most `longest` characters: first with short times, without what is in brackets, the two genders in one, then cut."""
    for shorter in (_time_in_short, _without_asides, _both_genders):
        label = shorter(label) if len(label) > longest else label
    if len(label) <= longest:
        return label
    cut = label[: longest - 1]
    cut = cut[: cut.rfind(" ")] if cut.rfind(" ") > longest // 2 else cut
    return _SMALL_WORDS.sub("", cut).rstrip(" /,:-") + "."
