"""What the suite learns and shares, made ahead of its workers: `python -m tests.prepare`. A few seconds when nothing changed.

The dialogue model (with the net of distress) and the ranking of sheets take a minute of one core each; inside the suite both
workers would wait for them.
"""

from __future__ import annotations

import os
import sys
from multiprocessing import Process

from tests.fixtures.shipped_knowledge import RANKING, shipped_knowledge
from tests.stack import shared_model


def main() -> int:
    """Each on a core; 1 when either failed."""
    os.environ.setdefault("PARCOURS_RANKING_DIR", str(RANKING))
    model = Process(target=shared_model)
    model.start()
    shipped_knowledge()
    model.join()
    return int(model.exitcode != 0)


if __name__ == "__main__":
    sys.exit(main())
