"""Reads conversations written as dialogue. What a turn may say is listed in `Turn`; an unknown key is an error.

    - titre: Coiffeuse, puis le salaire
      canal: web                       # web (by default), sms or phone
      tours:
        - citoyen: jve devenir coiffeuse cmt faire
          fiche: metier/coiffeur       # a card of the answer
          dit: [CAP]                   # words of the answer; case and accents do not matter
          ne_dit_pas: [salaire]
          boutons: [Où me former]      # labels offered
        - bouton: Le salaire           # presses a button of the last answer
          mode: bot                    # on the web only
        - touche: "0"                  # on the phone: a key

    `ouvert: false` plays it when no advisor is there.
"""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass, field, fields
from pathlib import Path
from typing import Any

import yaml

from tests.dialogues.people import Answer

FOLDER = Path(__file__).parent / "conversations"


@dataclass(frozen=True)
class Turn:
    """One exchange: what the citizen does, what must be true of the answer."""

    citoyen: str | None = None
    bouton: str | None = None
    touche: str | None = None
    fiche: str | None = None
    fiches: tuple[str, ...] = ()
    rome: str | None = None
    dit: tuple[str, ...] = ()
    ne_dit_pas: tuple[str, ...] = ()
    boutons: tuple[str, ...] = ()
    mode: str | None = None
    auteur: str | None = None
    sans_fiche: bool = False


@dataclass(frozen=True)
class Conversation:
    """A conversation with its title, its channel and its turns."""

    titre: str
    fichier: str
    tours: tuple[Turn, ...]
    canal: str = "web"
    ouvert: bool = True
    notes: str = field(default="", compare=False)

    def __str__(self) -> str:
        return f"{self.fichier}: {self.titre}"


def conversations(channel: str | None = None, *, open_hours: bool | None = None) -> list[Conversation]:
    """All conversations of the folder, or those of one channel, in or out of opening hours."""
    found = [_conversation(entry, path) for path in sorted(FOLDER.glob("*.yml"))
             for entry in yaml.safe_load(path.read_text(encoding="utf-8"))]
    return [one for one in found if channel in (None, one.canal) and open_hours in (None, one.ouvert)]


def check(turn: Turn, answer: Answer, transcript: str) -> None:
    """Every expectation of a turn, with the whole conversation in the message when one fails."""
    for reference in (turn.fiche, *turn.fiches):
        assert reference is None or reference in answer.references, f"no card {reference}\n{transcript}"
    assert not (turn.sans_fiche and answer.references), f"a card was not expected\n{transcript}"
    assert turn.rome is None or any(turn.rome in card["rome"] for card in answer.cards), f"no ROME {turn.rome}\n{transcript}"
    said = _plain(answer.text)
    for words in turn.dit:
        assert _plain(words) in said, f"« {words} » is not said\n{transcript}"
    for words in turn.ne_dit_pas:
        assert _plain(words) not in said, f"« {words} » is said\n{transcript}"
    for label in turn.boutons:
        assert label in answer.buttons, f"no button « {label} »\n{transcript}"
    assert turn.mode in (None, answer.mode), f"mode {answer.mode}, not {turn.mode}\n{transcript}"
    assert turn.auteur is None or turn.auteur in answer.authors, f"author {answer.authors}\n{transcript}"


def _plain(text: str) -> str:
    """Without accents, capitals or curly apostrophes: an SMS may have none of them."""
    bare = "".join(character for character in unicodedata.normalize("NFD", text) if not unicodedata.combining(character))
    return bare.lower().replace("’", "'")


def _conversation(entry: dict[str, Any], path: Path) -> Conversation:
    turns = tuple(_turn(turn, path) for turn in entry.pop("tours"))
    _refuse_unknown(entry, Conversation, path)
    return Conversation(fichier=path.stem, tours=turns, **entry)


def _turn(entry: dict[str, Any], path: Path) -> Turn:
    _refuse_unknown(entry, Turn, path)
    values = {key: tuple(value) if isinstance(value, list) else value for key, value in entry.items()}
    return Turn(**values)


def _refuse_unknown(entry: dict[str, Any], kind: type, path: Path) -> None:
    unknown = set(entry) - {one.name for one in fields(kind)}
    if unknown:
        raise ValueError(f"{path.name}: unknown key {sorted(unknown)} in {entry}")
