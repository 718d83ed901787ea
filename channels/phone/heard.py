"""What the caller did, read from the fields of Twilio's <Gather>: said something, pressed keys, or kept silent."""

from __future__ import annotations

import re
from dataclasses import dataclass

from unidecode import unidecode

from channels.telecom.signature import TwilioForm

UNSURE = 0.4  # confidence of the speech recognition under which we ask again
_POLITE = r"(?: (?:s il vous plait|svp|merci|s il te plait))?"
_LOCAL = {
    "repeat": r"(?:pardon |pouvez vous |vous pouvez |tu peux |est ce que vous pouvez )?"
              r"(?:repeter?|repetez|redire|redites|reecouter|encore une fois)(?: ca| cela| la reponse| la question)?|"
              r"pardon|comment|quoi|hein|(?:j|je n) ai pas (?:entendu|compris)",
    "slower": r"(?:parlez |parle |pouvez vous parler |vous pouvez parler |repetez )?"
              r"(?:plus lentement|moins vite|plus doucement|trop vite)",
    "more": r"(?:la )?suite|continue[rz]?|oui la suite|encore|lire la suite",
    "help": r"aide|comment ca marche|que puis je (?:dire|demander|faire)",
    "bye": r"(?:merci |non |non merci |ok |bon )*(?:au revoir|c est tout|ce sera tout|rien d autre|bonne journee|bonne soiree|"
           r"non merci|j ai fini|je n ai plus de questions?|raccrocher)(?: merci| au revoir| bonne journee)*",
    "yes": r"oui(?: oui| merci| volontiers)?|ok|d accord|volontiers|je veux bien|bien sur|ouais?",
    "no": r"non(?: non| merci)?|pas la peine|je refuse|je ne veux pas|surtout pas|pas d accord",
}
_PATTERNS = {name: re.compile(f"(?:{pattern}){_POLITE}") for name, pattern in _LOCAL.items()}


@dataclass(frozen=True, slots=True)
class Heard:
    """`text`: the words, or the keys; `confidence` 0..1, None when Twilio gives none."""

    text: str
    keys: bool = False
    confidence: float | None = None

    @classmethod
    def of(cls, form: TwilioForm) -> Heard:
        """From the form of a <Gather> action; keys win over words."""
        keys = form.text("Digits")
        if keys:
            return cls(keys, keys=True)
        return cls(form.text("SpeechResult"), confidence=_confidence(form.text("Confidence")))

    @property
    def silent(self) -> bool:
        """Nothing was said nor pressed."""
        return not self.text

    @property
    def unsure(self) -> bool:
        """Said, but badly recognised."""
        return self.confidence is not None and self.confidence < UNSURE

    def is_a(self, name: str) -> bool:
        """True when the whole utterance is « repeat », « slower », « more », « help », « bye », « yes » or « no »."""
        plain = " ".join(re.sub(r"[^a-z0-9]+", " ", unidecode(self.text).lower()).split())
        return not self.keys and bool(_PATTERNS[name].fullmatch(plain))


def _confidence(value: str) -> float | None:
    try:
        found = float(value)
    except ValueError:
        return None
    # Some speech models give 0.0 for « I do not know how sure I am ».
    return found if 0.0 < found <= 1.0 else None
