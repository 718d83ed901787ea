"""What the words of a message, or of the thread, change in the needs that were found: another sheet, or another point of it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from actions.fold import fold, has_word
from actions.turn import Turn
from actions.understanding.comparison import named_together
from actions.understanding.place_ask import goes_on
from actions.understanding.place_desk import desk_needs
from actions.understanding.place_question import place_needs
from actions.understanding.subjects import EXACT, named, trade_to_be
from actions.understanding.wish import diploma_said
from knowledge_base.answering import field_answer
from knowledge_base.search.needs.finder import Need

TABLE = "rereading"
TAUGHT = ("formation/", "metier/")
FEW_WORDS, SHORT = 6, 9
MINOR, ALONE = 18, 2
APPRENTICESHIP, AT_A_DISTANCE = "apprentissage", "distance"
# A sheet that has so much of the belief is asked for, whatever is told of oneself beside.
WHOLE_SHARE = 0.9
COURSES_LOOKED_AT, SHOWN_TOLD = 20, 2
# How many of the next sheets may be the trade of a diploma.
NEAR_TRADES = 2
# What is awaited after a question that named a place and no subject.
AWAITS_SUBJECT = "subject"
# Points that a few words seem to ask when they ask none.
UNSAID = ("definition", "other", "choice", "conditions")
# What a sheet says when nothing in particular is asked of it.
GENERAL_POINT = "definition"
Needs = Sequence[Any]
Rule = Callable[[Turn, Needs], "list[Any] | None"]


def reread(turn: Turn, needs: Needs) -> list[Any]:
    """The needs as the first rule that holds makes them, else as they were found."""
    if turn.is_button:
        return list(needs)
    rules = RULES if len(turn.words) <= SHORT else OF_LONG_ONES
    found = next((changed for rule in rules if (changed := rule(turn, needs)) is not None), list(needs))
    return [*found, *_aid_beside(turn, found)]


def says(turn: Turn, *names: str) -> bool:
    """Whether the words hold one of the table's, for each of these names."""
    folded = fold(turn.text)
    return all(has_word(folded, *turn.table(TABLE)[name]) for name in names)


def need_of(turn: Turn, sheet: str, *points: str) -> Need:
    """A need for a sheet, asked its first point in general: what a field of a trade or a course says of it, else the first way of
    asking it."""
    found = turn.kb.sheet(*sheet.split("/", 1)) if sheet.startswith(TAUGHT) else None
    general = points[0] != GENERAL_POINT and found is not None and field_answer(found, points[0])
    return Need(sheet, points, 1.0, asks=() if general else first_ask(turn, sheet, points[0]))


def first_ask(turn: Turn, key: str, point: str) -> tuple[str, ...]:
    """The first way of asking this point of a sheet; none when it has no such question."""
    sheet = turn.kb.sheet(*key.split("/", 1))
    items = [item for item in sheet.questions if item.point == point] if sheet is not None else []
    return (items[0].asks[0],) if items else ()


def _next_place(turn: Turn, needs: Needs) -> list[Any] | None:
    """« suivant », after an answer of place: the next ones of it."""
    sheet = goes_on(turn)
    return [Need(sheet, ("where",), 1.0)] if sheet else None


def _our_place(turn: Turn, needs: Needs) -> list[Any] | None:
    """« vous êtes où à Rouen ? »"""
    if not says(turn, "our_place") or not (turn.found.places or "where" in turn.found.points[:1]):
        return None
    return [need_of(turn, turn.table(TABLE)["our_place_sheet"], "where")]


def _our_price(turn: Turn, needs: Needs) -> list[Any] | None:
    """« et c’est gratuit ce que vous faites ? », after any sheet."""
    asked = "cost" in turn.found.points[:1] and turn.found.follow_up and says(turn, "our_service")
    return [need_of(turn, turn.table(TABLE)["our_price_sheet"], "cost")] if asked else None


def _company(turn: Turn, needs: Needs) -> list[Any] | None:
    """« je suis artisan boulanger, je cherche un apprenti »: what a company wants, not the trade of its owner."""
    wants = turn.table(TABLE)["company_wants"]
    if not (says(turn, "employers") or turn.subject in wants):
        return None
    folded = fold(turn.text)
    wanted = next((sheet for sheet, words in wants.items() if has_word(folded, *words)), None)
    if wanted is None or wanted == turn.subject:
        return None
    found = next((need for need in needs if need.sheet == wanted), None)
    return [found or need_of(turn, wanted, "how")]


def _other_aid(turn: Turn, needs: Needs) -> list[Any] | None:
    """« et pour le logement ? », after another aid; « et l’appart ça coûte combien là-bas », after anything."""
    brief = turn.found.follow_up and len(turn.words) <= SHORT
    if not brief or not ((turn.subject or "").startswith("aide/") or turn.found.points[:1] == ("cost",)):
        return None
    folded, table = fold(turn.text), turn.table(TABLE)["paid_for"]
    sheet = next((sheet for sheet, words in table.items() if has_word(folded, *words)), None)
    return [need_of(turn, sheet, "cost")] if sheet and sheet != turn.subject else None


def _aid_beside(turn: Turn, needs: Needs) -> list[Any]:
    """« c’est quoi le CAP cuisine et y a des aides pour le permis » : the aid too, when only the course was found."""
    if not needs or not needs[0].sheet.startswith(TAUGHT) or not says(turn, "aids"):
        return []
    folded, table = fold(turn.text), turn.table(TABLE)["paid_for"]
    wanted = [sheet for sheet, words in table.items() if has_word(folded, *words)]
    return [need_of(turn, sheet, "cost") for sheet in wanted if not any(need.sheet.startswith("aide/") for need in needs)]


def _diploma_of_it(turn: Turn, needs: Needs) -> list[Any] | None:
    """« c’est quoi le diplôme », of the trade in mind: how one gets there."""
    asked = needs and needs[0].sheet.startswith("metier/") and turn.found.follow_up and says(turn, "diploma_words")
    return [_pointed(needs[0], "access")] if asked and needs[0].points[0] in UNSAID else None


def _apprentice_pay(turn: Turn, needs: Needs) -> list[Any] | None:
    """« payé combien à 16 ans », « et à 17 ans ? », « combien elle toucherait en apprentissage »."""
    table, age = turn.table(TABLE), turn.changes.get("age")
    sheet, after = table["apprentice_pay_sheet"], turn.subject in table["apprentice_sheets"]
    if needs and needs[0].sheet == sheet:
        return [need_of(turn, sheet, "pay")] if age and turn.found.follow_up else None
    again = age is not None and turn.found.follow_up and (turn.slots.get("points") or [""])[0] == "pay"
    pay = "pay" in turn.found.points[:1] or says(turn, "pay_words") or again
    young = (age is not None and age < MINOR) or _as_an_apprentice_of_that_age(turn)
    apprentice = says(turn, "apprentice_words") or (after and turn.found.follow_up) or young
    return [need_of(turn, sheet, "pay")] if pay and apprentice and _of_a_trade(turn, needs) else None


def _as_an_apprentice_of_that_age(turn: Turn) -> bool:
    """« je serai payé combien à mon âge », said by who told their age and asked for an apprenticeship."""
    return bool(turn.get("age")) and turn.get("rhythm") == APPRENTICESHIP and says(turn, "own_age")


def _of_a_trade(turn: Turn, needs: Needs) -> bool:
    """Whether nothing but a trade, a course or what was spoken of is meant: a sheet of its own answers better."""
    return len(turn.words) <= SHORT and (not needs or turn.found.follow_up or needs[0].sheet.startswith(TAUGHT))


def _corrected(turn: Turn, needs: Needs) -> list[Any] | None:
    """« non, pas boulanger, pâtissier »: the other one, on the point that was asked."""
    last = turn.slots.get("points")
    if turn.intent != "corriger" or not last or not needs or not needs[0].sheet.startswith(TAUGHT) or asks(turn):
        return None
    return [need_of(turn, needs[0].sheet, *last)]


def _handicap(turn: Turn, needs: Needs) -> list[Any] | None:
    """« je suis en fauteuil, je peux être comptable ? »: how one is helped, then the trade."""
    if not needs or not needs[0].sheet.startswith(TAUGHT) or not says(turn, "handicap"):
        return None
    sheet = turn.table(TABLE)["handicap_sheet"]
    return [need_of(turn, sheet, "definition"), *(need for need in needs if need.sheet != sheet)]


def _two_names(turn: Turn, needs: Needs) -> list[Any] | None:
    """« éducateur spécialisé et infirmier »: both, asked the same."""
    if len(needs) != 1 or turn.found.follow_up or len(turn.words) > SHORT:
        return None
    keys = [f"{sheet.kind}/{sheet.id}" for sheet in named_together(turn)]
    if needs[0].sheet not in keys:
        return None
    asked = [point for point in needs[0].points if point != "compare"] or ["definition"]
    return [need_of(turn, key, asked[0]) for key in keys]


def _hiring(turn: Turn, needs: Needs) -> list[Any] | None:
    """« les maçons sont recherchés vers Flers ? »"""
    if not needs or not needs[0].sheet.startswith("metier/") or not says(turn, "hiring"):
        return None
    return None if needs[0].points[0] == "outlets" else [_pointed(needs[0], "outlets"), *needs[1:]]


def _pointed(need: Any, point: str) -> Need:
    """The same sheet, asked this point."""
    return Need(need.sheet, (point,), need.sure, (), need.others, need.clause, need.share, need.named)


def _of_the_level(turn: Turn, needs: Needs) -> list[Any] | None:
    """After the 3e or after the bac: what the class that was said calls for."""
    level = turn.get("level") or "unsaid"
    other = turn.table(TABLE)["for_level"].get(needs[0].sheet, {}).get(level) if needs else None
    return [need_of(turn, other, *needs[0].points), *needs[1:]] if other else None


def _of_the_public(turn: Turn, needs: Needs) -> list[Any] | None:
    """« j’ai arrêté l’école à 16 ans »: what to do, before what the law says."""
    other = turn.table(TABLE)["for_public"].get(needs[0].sheet, {}).get(turn.changes.get("public")) if needs else None
    return [need_of(turn, other, "recourse"), *needs[1:]] if other else None


def _of_the_diploma(turn: Turn, needs: Needs) -> list[Any] | None:
    """« cap patisserie »: the course of that diploma, not the trade of its name."""
    diploma = diploma_said(turn)
    if not diploma or not needs or not needs[0].sheet.startswith("metier/"):
        return None
    sheets = [turn.kb.sheet(*key.split("/", 1)) for key in needs[0].others if key.startswith("formation/")]
    course = next((sheet for sheet in sheets if sheet is not None and fold(sheet.title).startswith(f"{diploma} ")), None)
    return [need_of(turn, f"formation/{course.id}", *needs[0].points), *needs[1:]] if course else None


def _trade_to_be(turn: Turn, needs: Needs) -> list[Any] | None:
    """« je veux être boulanger »: the trade, not one of its diplomas, when no diploma is said."""
    if not needs or not needs[0].sheet.startswith("formation/") or diploma_said(turn):
        return None
    trades = trade_to_be(turn)
    said = set(fold(turn.text).split())
    near = (key for key in needs[0].others[:NEAR_TRADES] if key.startswith("metier/") and _name_words(turn, key) & said)
    trade = f"metier/{trades[0].id}" if trades else next(near, None)
    # Who says no more than what they want to be wants to know how; where was read as a question of place before, if it was said.
    points = ("how",) if needs[0].points[0] in (*UNSAID, "where") else needs[0].points
    return [need_of(turn, trade, *points), *needs[1:]] if trade else None


def _bare_trade(turn: Turn, needs: Needs) -> list[Any] | None:
    """« boulanger »: what the trade is; the point that a lone word seems to ask is a guess."""
    if not needs or not needs[0].sheet.startswith(TAUGHT) or turn.found.follow_up or len(turn.words) > ALONE:
        return None
    if len(turn.words) > 1 and needs[0].points[0] not in UNSAID:
        return None
    trades = named(turn, ["metier"], at_least=EXACT) if not diploma_said(turn) else []
    return [need_of(turn, f"metier/{trades[0].id}", "definition")] if trades else None


def _longest_name(turn: Turn, needs: Needs) -> list[Any] | None:
    """« c’est quoi le CAP cuisine »: that course, not the CAP in general."""
    if not needs or not needs[0].sheet.startswith("formation/"):
        return None
    said, least = set(fold(turn.text).split()), _name_words(turn, needs[0].sheet)
    named_in_full = (key for key in needs[0].others if key.startswith("formation/") and _name_words(turn, key) <= said)
    longest = max(named_in_full, key=lambda key: len(_name_words(turn, key)), default=None)
    if longest is None or not least < _name_words(turn, longest):
        return None
    return [need_of(turn, longest, *needs[0].points), *needs[1:]]


def _name_words(turn: Turn, key: str) -> set[str]:
    sheet = turn.kb.sheet(*key.split("/", 1))
    return set(fold(sheet.title.split("(")[0]).split()) if sheet is not None else set()


def tells_of_oneself(turn: Turn) -> bool:
    """« je suis au lycée pro à Elbeuf »: a class, an age or a town, and nothing that is asked."""
    folded = fold(turn.text)
    begins = any(folded.startswith(f"{words} ") for words in turn.table(TABLE)["about_oneself"])
    told = turn.found.places or {"level", "public", "age"} & set(turn.changes)
    return bool(begins and told) and not asks(turn) and len(turn.words) <= SHORT


def asks(turn: Turn) -> bool:
    """Whether the words ask or wish something, beside what they name."""
    return "?" in turn.text or has_word(fold(turn.text), *turn.table(TABLE)["asking"])


def _still_the_same(turn: Turn, needs: Needs) -> list[Any] | None:
    """What is told of oneself after an answer asks for the same, for such a person."""
    if turn.subject is None or turn.found.follow_up or not tells_of_oneself(turn) or _asks_for_a_sheet(turn, needs):
        return None
    last = tuple(turn.slots.get("points") or ("conditions",))
    return [need_of(turn, turn.subject, *last)]


def _asks_for_a_sheet(turn: Turn, needs: Needs) -> bool:
    """« j’ai jamais eu mon brevet »: one sheet only is meant, and no class tells it."""
    of_a_class = turn.table(TABLE)["after_level"].values()
    return bool(needs) and not turn.found.named and needs[0].share >= WHOLE_SHARE and needs[0].sheet not in of_a_class


def _sector_of_it(turn: Turn, needs: Needs) -> list[Any] | None:
    """« avec des animaux », after a work placement: where it is looked for, no trade to be learnt."""
    if turn.subject not in turn.table(TABLE)["sought_in_a_sector"] or not needs or turn.found.named or "?" in turn.text:
        return None
    return [need_of(turn, str(turn.subject), "how")] if needs[0].sheet.startswith(TAUGHT) else None


def _course_of_the_kind(turn: Turn, needs: Needs) -> list[Any] | None:
    """« il y a un titre professionnel pour ça ? », « et en BTS ? »: the one that leads to the trade in hand."""
    of_a_kind = needs and needs[0].sheet in turn.table("place_question")["kinds_of_course"]
    if not of_a_kind or not (turn.subject or "").startswith(TAUGHT) or "compare" in turn.found.points:
        return None
    if len(fold(turn.text).split()) > SHORT:
        return None
    kind, spoken_of = turn.kb.sheet(*needs[0].sheet.split("/", 1)), turn.kb.sheet(*str(turn.subject).split("/", 1))
    if kind is None or spoken_of is None or turn.found.points[:1] == (GENERAL_POINT,):
        return None
    related = turn.kb.related(spoken_of, COURSES_LOOKED_AT) if spoken_of.kind == "metier" else [spoken_of]
    head = f"{fold(kind.title.split('(')[0]).strip()} "
    course = next((hit for hit in related if hit.kind == "formation" and f"{fold(hit.title)} ".startswith(head)), None)
    points = (GENERAL_POINT,) if needs[0].points[0] in UNSAID else needs[0].points
    return [need_of(turn, f"formation/{course.id}", *points)] if course is not None else None


def _of_those_shown(turn: Turn, needs: Needs) -> list[Any] | None:
    """« et c’est payé combien », right after several trades were proposed: asked of the first ones."""
    shown = [ref for ref in turn.get("shown") or [] if ref["kind"] == "metier"]
    if turn.get("last_intent") != "explorer" or len(shown) < SHOWN_TOLD or turn.found.telling or not turn.found.points:
        return None
    if turn.found.points[0] in UNSAID:
        return None
    return [need_of(turn, f"metier/{ref['id']}", turn.found.points[0]) for ref in shown[:SHOWN_TOLD]]


def _only_the_rhythm(turn: Turn, needs: Needs) -> list[Any] | None:
    """« et en alternance à Rouen ? » after a trade or a course asks where it is taught that way."""
    brief = len(fold(turn.text).split()) <= FEW_WORDS
    if "rhythm" not in turn.changes or not brief or not (turn.subject or "").startswith(TAUGHT):
        return None
    if turn.changes["rhythm"] == AT_A_DISTANCE and needs and not turn.found.follow_up:
        return None
    return [Need(str(turn.subject), ("where",), 1.0, asks=first_ask(turn, str(turn.subject), "how"))]


def _awaited(turn: Turn, needs: Needs) -> list[Any] | None:
    """« ça recrute vers Flers ? » – « maçon » : the trade or the course that was missing."""
    expecting = turn.slots.get("expecting") or {}
    if expecting.get("what") != AWAITS_SUBJECT or turn.found.follow_up or len(turn.words) > FEW_WORDS:
        return None
    found = _bare_trade(turn, needs) or list(needs)
    if not found or not found[0].sheet.startswith(TAUGHT):
        return None
    return [_pointed(found[0], expecting["point"])]


def _cheated(turn: Turn, needs: Needs) -> list[Any] | None:
    """« je leur ai donné »: what to do at once comes before the warning."""
    sheet = turn.table(TABLE)["fraud_sheet"]
    cheated = needs and needs[0].sheet == sheet and says(turn, "fraud_done")
    return [need_of(turn, sheet, "recourse")] if cheated else None


# A long message says what it asks: there the words of a rule mostly tell who speaks (on 749 messages of lives, every other rule
# lost more answers than it won).
OF_LONG_ONES: tuple[Rule, ...] = (_next_place, _our_place, place_needs, _cheated)
RULES: tuple[Rule, ...] = (
    _next_place, _our_place, _our_price, _of_those_shown, _still_the_same, _sector_of_it, _course_of_the_kind, place_needs,
    desk_needs, _company, _other_aid, _apprentice_pay, _awaited, _corrected, _only_the_rhythm, _handicap, _two_names, _hiring,
    _diploma_of_it, _of_the_diploma, _bare_trade, _trade_to_be, _longest_name, _of_the_level, _of_the_public, _cheated,
)  # fmt: skip
