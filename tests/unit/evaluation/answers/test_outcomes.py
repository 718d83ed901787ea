"""An answer without sheets refuses, asks back or only says something; the sentences that do so are known."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml

from evaluation.answers.outcomes import outcome_of, outcome_of_text
from parcours.paths import ROOT
from tests.unit.evaluation.answers.people import answer

REFUSALS = ("not_understood", "out_of_scope")


def _texts(path: Path) -> list[str]:
    read = yaml.safe_load(path.read_text(encoding="utf-8"))
    found = [value["text"] if isinstance(value, dict) else value for key, value in read.items() if key.startswith(REFUSALS)]
    return [text for one in found for text in ([one] if isinstance(one, str) else one)]


SHIPPED = [text for path in sorted((ROOT / "actions" / "sentences").glob("*.yml")) for text in _texts(path)]


def test_every_shipped_refusal_is_seen_as_one() -> None:
    assert SHIPPED and {text: outcome_of_text(text) for text in SHIPPED} == dict.fromkeys(SHIPPED, "refused")


@pytest.mark.parametrize(("text", "outcome"), [
    ("Quelle est votre commune ?", "asked"), ("Dites-moi votre commune.", "asked"), ("La VAE mène à un diplôme.", "said"),
    ("Ce sigle ne me dit rien. Où l’avez-vous lu ?", "refused"), ("Je n’ai pas trouvé de métier.", "refused"),
    ("On ne trouve pas toujours tout de suite un patron, mais le CFA aide.", "said"),
])
def test_a_text_without_sheets(text: str, outcome: str) -> None:
    assert outcome_of_text(text) == outcome


def test_a_machine_that_has_not_understood_has_refused() -> None:
    assert outcome_of(answer("metier/coiffeur", understood={"understood": False})) == "refused"
    assert outcome_of(answer("metier/coiffeur", text="Je n’ai pas compris.")) == "answered"
    assert outcome_of(answer(mode="queued")) == "person" and outcome_of(answer(failure="rien")) == "nothing"
