"""Large grids: a short form in `make test`, all of them in `make soak`."""

from __future__ import annotations

import os
from collections.abc import Sequence
from typing import TypeVar

T = TypeVar("T")
WHOLE = "WHOLE_GRIDS"  # set by `make soak`
MOST = 2_000
# How much is thrown at what must bear it: 1 in `make test`, more in `make soak`.
SCALE = int(os.environ.get("FAULTS_SCALE", "1"))


def short(grid: Sequence[T], most: int = MOST) -> Sequence[T]:
    """At most so many of its cases, taken evenly and always the same.

    >>> short(range(10), 4)
    range(0, 10, 3)
    """
    if os.environ.get(WHOLE) == "1" or len(grid) <= most:
        return grid
    return grid[:: -(-len(grid) // most)]
