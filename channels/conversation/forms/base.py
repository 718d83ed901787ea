"""What a form is: a name, a first question, and a reading of each answer. Its state is JSON kept with the conversation."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Protocol

from sqlalchemy.orm import Session
from unidecode import unidecode

from channels.messages import Json, Reply
from channels.store.models import Conversation

MAX_TRIES = 2
_CANCEL = re.compile(r"(annule[rz]?|j ?annule|laisse(z)? tomber|quitter|abandonner?|non merci|tant pis|plus tard|stop"
                     r"|arret(er?|ez)?)( (le|mon) rappel| ca| svp)?")
# Said with more around it: « ah non finalement je rappellerai, il vient de rentrer ».
_GIVES_UP = re.compile(r"(?:(?:ah|euh|oh|bon|ok|oui|non|nan|mais|en fait|finalement|desolee?|pardon) )*"
                       r"(?:(?:je|on|nous) (?:vous |te )?rappeller(?:ai|a|ons)|(?:laisse|laissez) tomber"
                       r"|(?:j )?annule[rz]? (?:le|mon|ce) (?:rappel|rdv|rendez vous|appel)"
                       r"|(?:(?:j ai|je n ai) )?(?:plus|pas) besoin|(?:ce n est |c est )?pas la peine)\b")
_THANKS = re.compile(r"(?:(?:ok|bon|tres bien|d accord|super|parfait) )*merci"
                     r"(?: (?:madame|monsieur|beaucoup|bien|bcp|a vous|pour tout))*")
_YES = re.compile(r"(oui|ouais?|ok|d ?accord|yes|volontiers|je veux bien|c est ca|exact(ement)?|vas ?y|allez ?y|bien sur)"
                  r"( .{0,20})?")
_NO = re.compile(r"(non|nan|no|pas la peine|passer?|aucun|rien|sans|je prefere pas)( .{0,20})?")


@dataclass(frozen=True, slots=True)
class Said:
    """The citizen's answer: what was typed, or the value of a button."""

    text: str = ""
    value: Any = None

    @property
    def plain(self) -> str:
        """The text without accents, case and punctuation."""
        return " ".join(re.sub(r"[^a-z0-9]+", " ", unidecode(self.text).lower()).split())

    @property
    def cancels(self) -> bool:
        """« annuler » and its kin, alone or at the head of a longer sentence."""
        return bool(_CANCEL.fullmatch(self.plain) or _GIVES_UP.match(self.plain))

    @property
    def thanks(self) -> bool:
        """« merci madame » : no answer to a question, and no misreading either."""
        return bool(_THANKS.fullmatch(self.plain))

    @property
    def yes(self) -> bool:
        """« oui », « ok »…"""
        return self.value == "yes" or bool(_YES.fullmatch(self.plain))

    @property
    def no(self) -> bool:
        """« non », « passer »…"""
        return self.value in {"no", "skip"} or bool(_NO.fullmatch(self.plain))

    @property
    def asks_something_else(self) -> bool:
        """True when this looks like a question for the bot rather than an answer to the form."""
        return "?" in self.text or self.thanks or len(self.plain.split()) >= 6


@dataclass(frozen=True, slots=True)
class Step:
    """What follows an answer. `state` None ends the form; `aside` True: not for the form, ask the engine and come back."""

    replies: Sequence[Reply] = ()
    state: Json | None = None
    aside: bool = False
    erased: bool = False


@dataclass(frozen=True, slots=True)
class FormContext:
    """Where the form runs."""

    session: Session
    conversation: Conversation
    data: Mapping[str, Any] = field(default_factory=dict)


class Form(Protocol):
    """A form. Implementations keep no state of their own."""

    @property
    def name(self) -> str:
        """How the stored state names the form."""
        ...

    def start(self, context: FormContext) -> Step:
        """The first question."""
        ...

    def read(self, context: FormContext, step: str, said: Said) -> Step:
        """The answer to the question of `step`; `context.data` is what was gathered before."""
        ...

    def ask_again(self, context: FormContext, step: str) -> Sequence[Reply]:
        """The question of `step` once more, after an aside."""
        ...


def state_of(name: str, step: str, data: Mapping[str, Any], tries: int = 0) -> Json:
    """The stored form of a form."""
    return {"name": name, "step": step, "data": dict(data), "tries": tries}
