"""Which sheet answers for a name when several origins speak of one trade or one diploma."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field

from rapidfuzz import fuzz

from knowledge_base.language import french
from knowledge_base.schema_kinds import FormationData
from knowledge_base.sheet import Sheet
from knowledge_base.sheet_rows import EDITED
from knowledge_base.text import fold, gendered_forms

# An own sheet speaks for a whole ROME code when this share of the code's names hold the words of its title.
COVERING_SHARE = 0.4
_STEM = 5
# Two diplomas of one RNCP sheet are the same when their names are this alike; otherwise they are two options of it.
SAME_DIPLOMA = 80

Key = tuple[str, str]
# ROME code → names of trades
Titles = dict[str, list[str]]


@dataclass
class Owners:
    """`kept` are the sheets that have their own card, `names` the further names by which each is found."""

    kept: list[Sheet] = field(default_factory=list)
    names: dict[Key, list[str]] = field(default_factory=lambda: defaultdict(list))

    def give(self, owner: Sheet, names: list[str]) -> None:
        """Lets a sheet be found by further names."""
        self.names[(owner.kind, owner.id)] += names


def assign(sheets: list[Sheet], titles: Titles) -> Owners:
    """Decides, for the whole content, which sheets get a card; nothing that is imported hides an own sheet."""
    owners = Owners()
    covering = covering_sheets(sheets, titles)
    bearers = _bearers(sheets)
    rome_sheets = {sheet.rome[0]: sheet for sheet in sheets if sheet.origin == "rome"}
    diplomas = _by_rncp(sheets)
    for sheet in sheets:
        owner = _owner(sheet, covering, bearers, rome_sheets, diplomas)
        if owner is None or owner is sheet:
            owners.kept.append(sheet)
        elif sheet.origin != "rome":
            owners.give(owner, [sheet.title, *sheet.also])
    for code, names in titles.items():
        owner = covering.get(code) or rome_sheets.get(code)
        if owner:
            # A name that an own sheet bears already must not lead to two cards.
            owners.give(owner, [name for name in names if not all(("metier", form) in bearers for form in gendered_forms(name))])
    return owners


def covering_sheets(sheets: list[Sheet], titles: Titles) -> dict[str, Sheet]:
    """ROME code → the one own sheet that speaks for the whole code.

    « Coiffeur » speaks for D1202, where most names hold « coiff »; « Ingénieur aéronautique » does not speak for the
    hundreds of names of H1206, which keeps its imported sheet.
    """
    candidates: dict[str, list[tuple[float, Sheet]]] = defaultdict(list)
    for sheet in sheets:
        if sheet.kind == "metier" and sheet.origin in EDITED:
            for code in sheet.rome:
                share = _share_alike(sheet, titles.get(code, []))
                if share >= COVERING_SHARE:
                    candidates[code].append((share, sheet))
    best = {code: max(found, key=lambda item: (item[0], -len(item[1].title))) for code, found in candidates.items()}
    return {code: sheet for code, (_, sheet) in best.items()}


def _share_alike(sheet: Sheet, titles: list[str]) -> float:
    if not titles:
        return 1.0
    # All the words of the title: « charpentier de marine » does not speak for every carpenter.
    masculine = {word[:_STEM] for word in gendered_forms(sheet.title)[0].split() if word not in french().light}
    alike = sum(1 for title in titles if masculine <= {word[:_STEM] for word in fold(title).split()})
    return alike / len(titles)


def _bearers(sheets: list[Sheet]) -> dict[tuple[str, str], Sheet]:
    # (kind, folded name) → the own sheet that bears it
    return {
        (sheet.kind, form): sheet
        for sheet in reversed(sheets)
        if sheet.origin in EDITED
        for name in (sheet.title, *sheet.also)
        for form in gendered_forms(name)
    }


def _by_rncp(sheets: list[Sheet]) -> dict[str, list[Sheet]]:
    found: dict[str, list[Sheet]] = defaultdict(list)
    for sheet in sheets:
        if isinstance(sheet.data, FormationData) and sheet.origin != "rncp":
            for code in sheet.data.rncp:
                found[code].append(sheet)
    return found


def _owner(
    sheet: Sheet,
    covering: dict[str, Sheet],
    bearers: dict[tuple[str, str], Sheet],
    rome_sheets: dict[str, Sheet],
    diplomas: dict[str, list[Sheet]],
) -> Sheet | None:
    if sheet.origin in EDITED:
        return None
    if sheet.origin == "rome":
        return covering.get(sheet.rome[0])
    for form in gendered_forms(sheet.title):
        if bearer := bearers.get((sheet.kind, form)):
            return bearer
    if sheet.kind == "metier" and sheet.rome:
        return covering.get(sheet.rome[0]) or rome_sheets.get(sheet.rome[0])
    if isinstance(sheet.data, FormationData):
        return _same_diploma(sheet, sheet.data.rncp, diplomas)
    return None


def _same_diploma(sheet: Sheet, codes: list[str], diplomas: dict[str, list[Sheet]]) -> Sheet | None:
    for other in (other for code in codes for other in diplomas.get(code, [])):
        if sheet.origin == "rncp":
            return other
        if other.origin in EDITED and fuzz.token_sort_ratio(fold(other.title), fold(sheet.title)) >= SAME_DIPLOMA:
            return other
    return None
