"""Where what is learnt lies: one file of arrays in the state directory, named by the lessons it was learnt from."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from knowledge_base.search.needs.classifying import Linear
from knowledge_base.search.needs.finder import Model
from knowledge_base.search.needs.lessons import Choice, Lesson
from knowledge_base.search.needs.ranking import Ranking

# Change it when features change: what was learnt on others is then learnt again.
FORMAT = 12
FOLDER = "ranking"
_LINEAR = ("answers", "second", "point")
_RANKINGS = ("ranking", "items", "telling")


def path_of(home: Path, lessons: Sequence[Lesson], choices: Sequence[Choice] = ()) -> Path:
    """The file of a model learnt from these lessons and choices."""
    rows = [f"{lesson.message}\t{[(need.point, need.sheets, need.answers) for need in lesson.needs]}" for lesson in lessons]
    told = "\n".join([*rows, *map(str, choices)])
    digest = hashlib.sha256(f"{FORMAT}\n{told}".encode()).hexdigest()[:16]
    return home / f"{digest}.npz"


def save(model: Model, path: Path) -> None:
    """Writes the arrays; whoever reads sees the old file or the whole new one."""
    arrays: dict[str, npt.NDArray[Any]] = {}
    for name in _RANKINGS:
        ranking = getattr(model, name)
        arrays |= {f"{name}.mean": ranking.mean, f"{name}.scale": ranking.scale, f"{name}.weights": ranking.weights}
    for name in _LINEAR:
        arrays |= {f"{name}.{key}": value for key, value in getattr(model, name).arrays().items()}
    path.parent.mkdir(parents=True, exist_ok=True)
    scratch = path.with_name(f".{path.stem}.part.npz")
    np.savez(scratch, **arrays)  # type: ignore[arg-type]
    scratch.replace(path)


def load(path: Path) -> Model:
    """The model of a file that `save` wrote."""
    with np.load(path) as kept:
        linear = {name: Linear.from_arrays(_of(kept, name)) for name in _LINEAR}
        rankings = {name: Ranking(**_of(kept, name)) for name in _RANKINGS}
        learnt: dict[str, Any] = {**rankings, **linear}
        return Model(**learnt)


def _of(kept: Any, name: str) -> dict[str, npt.NDArray[Any]]:
    return {key.partition(".")[2]: kept[key] for key in kept.files if key.startswith(f"{name}.")}
