"""Training of the dialogue model: only when its data changed, refused when the data does not validate."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from channels.safety.net import SUFFIX as NET_SUFFIX
from knowledge_base.facade import KnowledgeBase
from knowledge_base.search.needs.opening import is_learnt
from knowledge_base.settings import KnowledgeSettings
from parcours.errors import CommandFailed
from parcours.fingerprint import net_fingerprint, training_fingerprint
from parcours.paths import ENGINE_PYTHON, ROOT
from parcours.training_data import check_training_data

# Rasa's own log lines, as an operator reads them.
_PROGRESS = (
    (re.compile(r"Started validating"), "vérification des données"),
    (re.compile(r"Learning from (\d+) sentences, (\d+) of them lessons"), "{} phrases, dont {} messages de data/questions"),
    (re.compile(r"Starting to train component '(\w+)'"), "apprentissage : {}"),
    (re.compile(r"Finished training component '(\w+)'"), "appris : {}"),
)
_PARTS = {"FrenchActClassifier": "les actes de dialogue", "RulePolicy": "les règles"}
KEPT_MODELS = 3


def engine_environment() -> dict[str, str]:
    """The environment of every Rasa process: no telemetry, our components importable, quiet TensorFlow."""
    return {
        **os.environ,
        "PYTHONPATH": str(ROOT),
        "RASA_TELEMETRY_ENABLED": "false",
        "SQLALCHEMY_SILENCE_UBER_WARNING": "1",
    }


def model_path(state_dir: Path, root: Path = ROOT) -> Path:
    """Where the model of the current data lies, whether it exists or not."""
    return state_dir / "models" / f"{training_fingerprint(root)}.tar.gz"


def ensure_model(state_dir: Path) -> Path:
    """The model of the current data, trained now if there is none.

    Raises:
        CommandFailed: the data does not validate, or training failed.
    """
    path = model_path(state_dir)
    if not path.exists():
        return train(state_dir)
    ensure_net(state_dir)
    return path


def ensure_ranking(state_dir: Path) -> None:
    """What finds the sheets that answer, learnt now from data/questions if it is not; apart from the model, so that a new lesson
    does not train the engine again."""
    if is_learnt(state_dir):
        return
    print("Apprentissage du classement des fiches (une à trois minutes)…", flush=True)
    KnowledgeBase.open(KnowledgeSettings().knowledge_url, state_dir, ranks=True).close()


def net_path(state_dir: Path, root: Path = ROOT) -> Path:
    """Where the net of distress of the current lists lies (channels/safety), whether it exists or not."""
    return state_dir / "models" / f"{net_fingerprint(root)}{NET_SUFFIX}"


def ensure_net(state_dir: Path) -> Path:
    """The net of the current lists, trained now if there is none.

    Raises:
        CommandFailed: training failed.
    """
    path = net_path(state_dir)
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True)
        _ended(_start_net(path), path)
    return path


def train(state_dir: Path) -> Path:
    """Trains the model of the current data and puts it in place atomically; shows progress on stdout.

    Raises:
        CommandFailed: the data does not validate (naming file and line), or Rasa failed.
    """
    check_training_data(ROOT)
    target = model_path(state_dir)
    target.parent.mkdir(parents=True, exist_ok=True)
    print("Entraînement du modèle de dialogue (moins d'une minute)…", flush=True)
    started = time.monotonic()
    net = net_path(state_dir)
    learning = None if net.exists() else _start_net(net)
    with tempfile.TemporaryDirectory(dir=target.parent) as scratch:
        _run_rasa_train(Path(scratch))
        # A rename within one directory: a reader sees the whole model or none.
        shutil.move(str(Path(scratch) / "model.tar.gz"), target)
    if learning is not None:
        print("  · apprentissage : messages de détresse", flush=True)
        _ended(learning, net)
    _forget_old_models(target.parent)
    print(f"Modèle prêt en {time.monotonic() - started:.0f} s.", flush=True)
    return target


def _start_net(path: Path) -> subprocess.Popen[str]:
    """Trains the net of distress beside the model: each has a core."""
    command = [sys.executable, "-m", "channels.safety.training", "--data", str(ROOT / "data"), "--out", str(path)]
    return subprocess.Popen(command, cwd=ROOT, text=True, stdout=subprocess.PIPE, stderr=subprocess.STDOUT)


def _ended(process: subprocess.Popen[str], path: Path) -> None:
    said, _ = process.communicate()
    if process.returncode != 0 or not path.exists():
        sys.stderr.write(said)
        raise CommandFailed("L'apprentissage des messages de détresse a échoué : voir les lignes ci-dessus.")


def _run_rasa_train(out: Path) -> None:
    command = [str(ENGINE_PYTHON), "-m", "bot.train", "--out", str(out)]
    process = subprocess.Popen(command, cwd=ROOT, env=engine_environment(), text=True,
                               stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
    lines = _follow(process)
    if process.wait() != 0 or not (out / "model.tar.gz").exists():
        sys.stderr.write("".join(lines[-25:]))
        raise CommandFailed("L'entraînement a échoué : voir les lignes ci-dessus.")


def _follow(process: subprocess.Popen[str]) -> list[str]:
    lines: list[str] = []
    assert process.stdout is not None  # noqa: S101 - we asked for the pipe
    for line in process.stdout:
        lines.append(line)
        for pattern, words in _PROGRESS:
            if step := pattern.search(line):
                print("  ·", words.format(*(_PARTS.get(part, part) for part in step.groups())), flush=True)
    return lines


def _forget_old_models(folder: Path) -> None:
    for kind in ("*.tar.gz", f"*{NET_SUFFIX}"):
        models = sorted(folder.glob(kind), key=lambda path: path.stat().st_mtime, reverse=True)
        for old in models[KEPT_MODELS:]:
            old.unlink()
