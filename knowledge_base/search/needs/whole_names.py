"""Names that call one sheet and no other: codes of public nomenclatures, and names of several words."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from knowledge_base.search.codes import CODE

_METIER = "metier"


def whole_names(names: Iterable[tuple[str, Sequence[str]]]) -> Mapping[str, str]:
    """Which sheet each code, and each name of several words, calls: the only one that has it, else the only trade."""
    owners: dict[str, set[str]] = {}
    for key, own in names:
        for name in own:
            if " " in name or CODE.fullmatch(name):
                owners.setdefault(name, set()).add(key)
    return {name: found for name, keys in owners.items() if (found := _owner(keys))}


def _owner(keys: set[str]) -> str | None:
    trades = [key for key in keys if key.startswith(f"{_METIER}/")]
    return next(iter(keys)) if len(keys) == 1 else trades[0] if len(trades) == 1 else None
