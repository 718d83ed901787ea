"""Takes the console's export of filed sentences into the training data, after a check on the held-out sentences."""

from __future__ import annotations

import json
import shutil
import subprocess
import tempfile
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import yaml

from channels.console.unknown.personal import without_names
from language.yml import read_yml
from parcours.errors import CommandFailed
from parcours.paths import ENGINE_PYTHON, ROOT
from parcours.question_data import FOLDER as QUESTIONS
from parcours.training import engine_environment

FILE = "console.yml"  # in data/acts
LARGEST_LOSS = 0.005  # of accuracy on the held-out sentences
Measure = Callable[[Path], float]


@dataclass(frozen=True, slots=True)
class Added:
    """What came of it: new sentences, and the accuracy on the held-out sentences before and after."""

    sentences: int
    before: float
    after: float


def add(export: Path, acts: Path, measure: Measure, *, force: bool = False) -> Added:
    """Writes the export's sentences into `acts`; `measure` gives the accuracy of a folder of training data.

    Raises:
        CommandFailed: the file does not read, holds something personal or an unknown act, or makes the bot understand less.
    """
    known = _all_examples(acts)
    wanted = examples_of(export)
    _refuse_personal(wanted)
    if unknown := sorted(set(wanted) - set(known)):
        raise CommandFailed(f"{export.name} : acte inconnu : {', '.join(unknown)}.")
    fresh = {intent: [text for text in texts if text not in known[intent]] for intent, texts in wanted.items()}
    count = sum(map(len, fresh.values()))
    before = measure(acts) if count else 0.0
    after = _tried(acts, fresh, measure) if count else before
    if after < before - LARGEST_LOSS and not force:
        raise CommandFailed(f"Rien n'est changé : la compréhension passerait de {before:.1%} à {after:.1%}. "
                            "Relisez les phrases classées, ou relancez avec --force.")
    if count:
        _write(acts / FILE, fresh)
    return Added(count, before, after)


def examples_of(path: Path) -> dict[str, list[str]]:
    """Sentences by act.

    Raises:
        CommandFailed: not a file of Rasa training data.
    """
    try:
        content = read_yml(path.read_text(encoding="utf-8"))
        entries = [(str(entry["intent"]), str(entry["examples"])) for entry in content["nlu"] if "intent" in entry]
    except (OSError, UnicodeDecodeError, yaml.YAMLError, KeyError, TypeError) as error:
        raise CommandFailed(f"{path.name} ne se lit pas comme des données d'entraînement ({type(error).__name__}).") from error
    found: dict[str, list[str]] = {}
    for intent, lines in entries:
        found.setdefault(intent, []).extend(line[2:].strip() for line in lines.splitlines() if line.startswith("- "))
    return found


def accuracy(acts: Path) -> float:
    """What `make eval-nlu` measures, on this folder, leaving the published figures alone.

    Raises:
        CommandFailed: the evaluation failed.
    """
    with tempfile.TemporaryDirectory() as out:
        command = [str(ENGINE_PYTHON), "-m", "bot.evaluate", "--training", str(acts), "--out", out]
        done = subprocess.run(command, cwd=ROOT, env=engine_environment(), capture_output=True, text=True, check=False)
        if done.returncode != 0:
            raise CommandFailed("La mesure de la compréhension a échoué : lancez « make eval-nlu » pour voir pourquoi.")
        return float(json.loads((Path(out) / "heldout.json").read_text(encoding="utf-8"))["accuracy"])


def _all_examples(acts: Path) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for path in sorted(acts.glob("*.yml")):
        for intent, texts in examples_of(path).items():
            found.setdefault(intent, []).extend(texts)
    return found


def _refuse_personal(wanted: Mapping[str, Sequence[str]]) -> None:
    for texts in wanted.values():
        for text in texts:
            if without_names(text) != text:
                raise CommandFailed(f"Cette phrase contient quelque chose de personnel : « {without_names(text)} ».")


def _tried(acts: Path, fresh: Mapping[str, Sequence[str]], measure: Measure) -> float:
    with tempfile.TemporaryDirectory() as scratch:
        trial = Path(shutil.copytree(acts, Path(scratch) / acts.name))
        if (lessons := acts.parent / QUESTIONS).is_dir():  # learnt from too, and looked for beside the sentences
            shutil.copytree(lessons, Path(scratch) / QUESTIONS)
        _write(trial / FILE, fresh)
        return measure(trial)


def _write(path: Path, fresh: Mapping[str, Sequence[str]]) -> None:
    kept = examples_of(path) if path.exists() else {}
    merged = {intent: list(dict.fromkeys([*kept.get(intent, []), *fresh.get(intent, [])])) for intent in {*kept, *fresh}}
    lines = ["# Phrases classées dans la console, relues par la personne qui les a classées.", 'version: "3.1"', "nlu:"]
    for intent in sorted(merged):
        if merged[intent]:
            lines += [f"- intent: {intent}", "  examples: |", *(f"    - {text}" for text in merged[intent])]
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
