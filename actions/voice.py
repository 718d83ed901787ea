"""The voice of the assistant: every sentence it says comes from `sentences/*.yml`, read once."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from language.yml import read_yml

SENTENCES = Path(__file__).parent / "sentences"


class UnknownSentenceError(KeyError):
    """An action asked for a sentence that no file holds."""


@dataclass(frozen=True)
class Said:
    """A sentence in its three forms; the short ones are None where the text is short enough."""

    text: str
    sms: str | None = None
    spoken: str | None = None


@dataclass(frozen=True)
class Voice:
    """Sentences by key. A form is one text or a list of variants, of which the turn number picks one."""

    sentences: Mapping[str, Mapping[str, Any]]

    @classmethod
    def load(cls, folder: Path = SENTENCES) -> Voice:
        """Reads every file of the folder; a key that stands in two files is refused (ValueError)."""
        sentences: dict[str, Mapping[str, Any]] = {}
        for path in sorted(folder.glob("*.yml")):
            content = read_yml(path.read_text(encoding="utf-8")) or {}
            twice = sentences.keys() & content.keys()
            if twice:
                raise ValueError(f"{path.name}: déjà écrit ailleurs : {', '.join(sorted(twice))}")
            if not all(isinstance(key, str) for key in content):
                # YAML reads a bare `yes` or `no` as a truth value.
                raise ValueError(f"{path.name}: chaque clé doit être un texte")
            sentences.update({key: _forms(value) for key, value in content.items()})
        return cls(sentences)

    def say(self, key: str, *, turn: int = 0, public: str | None = None, **fields: Any) -> Said:
        """The sentence `key` with its fields filled; a parent gets the parent's form where there is one."""
        forms = self._forms_of(key)
        text = forms.get("parent") if public == "parent" else None
        return Said(
            text=_pick(text or forms["text"], turn, fields),
            sms=_pick(forms["sms"], turn, fields) if "sms" in forms else None,
            spoken=_pick(forms["spoken"], turn, fields) if "spoken" in forms else None,
        )

    def word(self, key: str, **fields: Any) -> str:
        """A label or a piece of sentence, in its only form."""
        return self.say(key, **fields).text

    def has(self, key: str) -> bool:
        """Whether the sentence exists."""
        return key in self.sentences

    def _forms_of(self, key: str) -> Mapping[str, Any]:
        try:
            return self.sentences[key]
        except KeyError:
            raise UnknownSentenceError(key) from None


def _forms(value: Any) -> Mapping[str, Any]:
    return value if isinstance(value, dict) else {"text": value}


def _pick(form: str | list[str], turn: int, fields: Mapping[str, Any]) -> str:
    chosen = form[turn % len(form)] if isinstance(form, list) else form
    return chosen.format(**fields).strip()
