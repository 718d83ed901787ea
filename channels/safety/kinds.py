"""Which help fits: from themes, from who does what to whom, from what the net heard; the most urgent first."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from pathlib import Path

from channels.safety.acts import Act, Who
from channels.safety.distress import Finding, Told
from language.yml import read_yml

FILE = Path(__file__).parent / "patterns" / "kinds.yml"
KINDS = (
    "urgence",
    "danger",
    "suicide",
    "automutilation",
    "sexuel",
    "couple",
    "enfant",
    "violence",
    "travail",
    "eleve",
    "mariage",
    "harcelement",
    "toit",
    "alimentation",
)
OF_ONESELF = frozenset({"suicide", "automutilation"})
BY_OTHERS = frozenset({"sexuel", "couple", "enfant", "violence", "travail", "eleve"})
_VAGUE = "violence"
_BY = {
    Who.PARENT: "enfant",
    Who.RELATIVE: "enfant",
    Who.PARTNER: "couple",
    Who.WORK: "travail",
    Who.SCHOOL: "eleve",
    Who.STRANGER: "danger",
    Who.CHILD: _VAGUE,
    Who.SOMEBODY: _VAGUE,
}
_CLEAR = (Who.PARTNER, Who.PARENT, Who.RELATIVE, Who.WORK, Who.SCHOOL)


def in_order(kinds: Iterable[str]) -> tuple[str, ...]:
    """The most urgent first, each once."""
    return tuple(sorted(set(kinds), key=KINDS.index))


def of_told(told: Told, findings: Sequence[Finding]) -> tuple[str, ...]:
    """The kinds of help that these findings ask for, and those of the acts that are told."""
    found = {kind for finding in findings for kind in _of_finding(finding)}
    found |= {kind for act in told.acts if not act.on_oneself for kind in of_act(act)}
    return in_order(clearer(found, told))


def of_act(act: Act) -> Iterator[str]:
    """« Mon mari frappe ma fille » asks for the number of couples and for that of children."""
    if act.to == Who.CHILD:
        yield "enfant"
    if act.to == Who.ADULT and act.by in {Who.PARENT, Who.PARTNER, Who.RELATIVE}:
        yield "couple"
    if not (act.to == Who.CHILD and act.by in {Who.STRANGER, Who.SOMEBODY, Who.SCHOOL, Who.CHILD}):
        yield _BY.get(act.by, _VAGUE)


def clearer(kinds: set[str], told: Told) -> set[str]:
    """« Violence » without more says nothing of whom to call: the person who is named does."""
    if _VAGUE not in kinds:
        return kinds
    if not kinds.isdisjoint(set(_BY.values()) - {_VAGUE}):
        return kinds - {_VAGUE}
    named = next((who for who in _CLEAR if who in told.people), None)
    if named is not None:
        return (kinds - {_VAGUE}) | {_BY[named]}
    return (kinds - {_VAGUE}) | {"enfant"} if Who.CHILD in told.people else kinds


def _of_finding(finding: Finding) -> Iterator[str]:
    table = _table()[finding.theme]
    named = [kind for kind, ideas in table.items() if kind != "sinon" and finding.ideas & set(ideas)]
    yield from named
    # What was swallowed is an emergency first, and the wish to die behind it stays one too.
    others = finding.ideas - {idea for kind in named for idea in table[kind]}
    if not named or (finding.theme == "suicide" and ("urgence" in named or _wish(others))):
        yield str(table["sinon"])


def _wish(ideas: Iterable[str]) -> bool:
    return any(idea.startswith(("mourir", "mort", "se_tue", "suicide", "disparaitre", "vivre")) for idea in ideas)


@cache
def _table() -> dict[str, dict[str, list[str]]]:
    found: dict[str, dict[str, list[str]]] = read_yml(FILE.read_text("utf-8"))
    return found
