"""Whether a message asks where something is taught, and which course or trade: read once, before needs are told."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Any

from actions.fold import fold, has_word
from actions.turn import Turn
from actions.understanding.place_ask import distance_said, options_said
from actions.understanding.subjects import named, trade_to_be
from actions.understanding.wish import diploma_said
from knowledge_base.geo.mentions import Mentions
from knowledge_base.search.needs.finder import Need
from knowledge_base.search.needs.terms import stems_of, tokens_of

TABLE = "place_question"
TAUGHT = ("formation/", "metier/")
WHERE = "where"
# So few words with a place in them ask what there is there, when nobody says that they live there.
BRIEF = 9
# What the words beside a kind of school may name; how much of a name must be said, and how surely a sheet found needs no more.
SEGMENT_WORDS, NAMES_TRIED = 5, 3
SAID_ENOUGH, SURE_SHARE = 0.6, 0.6
# Two words of one family begin alike (« coiffure », « coiffeuse »).
SAME_BEGINNING = 5
OTHERS_LOOKED_AT, DOMAIN = 4, 3
# A name found by the ranking, or spelt out, needs less of it said than one that only a stretch of words links to.
MAIN_WEIGHS, FOUND_WEIGHS, OF_A_KIND_WEIGHS = 0.4, 0.1, -1.0


def place_question(turn: Turn, needs: Sequence[Any]) -> str | None:
    """The course or trade (« kind/id ») of which a message asks where it is taught; None when it asks something else, or names
    neither."""
    if turn.is_button or turn.found.follow_up or not _asks_where(turn, turn.mentions, needs):
        return None
    diploma, table = diploma_said(turn), turn.table(TABLE)
    if options_said(turn) and has_word(turn.mentions.rest, *table["lycee_words"]):
        return str(table["with_an_option"])
    if needs and _has_its_own_answer(turn, needs[0], diploma):
        return None
    sheet = _subject(turn, needs, diploma)
    placed = bool(turn.mentions.named) or turn.mentions.region
    if sheet is None or not (placed or turn.kb.offers_of(sheet, None, limit=1).known):
        return None
    return sheet


def _names_a_school(turn: Turn) -> bool:
    """« le lycée maritime », « lycée agricole vers L’Aigle », and no diploma beside: the establishments of that kind."""
    kinds = {types[0] for types in turn.kb.kinds_named(turn.text)}
    told = diploma_said(turn) or has_word(turn.mentions.rest, *turn.table(TABLE)["other_questions"])
    if not kinds & set(turn.table(TABLE)["schools_of_a_kind"]) or len(turn.words) > BRIEF or told:
        return False
    return bool(turn.kb.find_places(turn.text, NAMES_TRIED))


def _has_its_own_answer(turn: Turn, need: Any, diploma: str | None) -> bool:
    """« une VAE d’éducateur », « la mission locale », « le café des parents »: what is asked of it, not a course of a trade."""
    table, sheet = turn.table(TABLE), need.sheet
    if sheet in table["networks"]:
        return True
    if sheet.startswith(TAUGHT) or sheet in table["kinds_of_school"] or sheet in table["conditions"]:
        return False
    told_beside = sheet in table["told_beside"] and (diploma or sheet != table["beside_a_diploma"])
    return not told_beside and need.share >= SURE_SHARE


def place_needs(turn: Turn, needs: Sequence[Any]) -> list[Any] | None:
    """The needs of a question of place: its course or trade first; what only sets a condition or names a kind of school goes."""
    if not turn.is_button and _names_a_school(turn):
        return []
    subject = place_question(turn, needs)
    if subject is None:
        return _of_a_domain(turn, needs)
    own = next((need for need in needs if need.sheet == subject), None)
    # In a long message the places stand beside what else is asked of the course.
    beside = own.asks if own is not None and len(turn.words) > BRIEF else ()
    first = Need(subject, (WHERE,), 1.0, asks=beside, share=1.0, clause=own.clause if own else "", named=True)
    return [first, *(need for need in needs if _stands_beside(turn, need, subject))]


def _of_a_domain(turn: Turn, needs: Sequence[Any]) -> list[Any] | None:
    """« je cherche une formation dans la vente »: the courses and trades that the domain names, best first."""
    rest, table = turn.mentions.rest, turn.table(TABLE)
    if turn.is_button or turn.found.named or turn.found.follow_up or (needs and needs[0].sheet.startswith(TAUGHT)):
        return None
    if turn.mentions.named or not (has_word(rest, *table["seeks"]) and has_word(rest, *table["domains"])):
        return None
    keys = [f"{hit.kind}/{hit.id}" for hit in named(turn, ["formation", "metier"])[:DOMAIN]]
    return [Need(keys[0], (WHERE,), 1.0, others=tuple(keys[1:]), share=0.0)] if keys else None


def _stands_beside(turn: Turn, need: Any, subject: str) -> bool:
    """Whether another need is one of its own: no condition of the place that is asked for, no kind of school, no near course."""
    table = turn.table(TABLE)
    beside = need.sheet in (subject, *table["kinds_of_school"], *table["conditions"])
    return not beside and (len(turn.words) > BRIEF or not need.sheet.startswith((*TAUGHT, "terme/")))


def _asks_where(turn: Turn, mentions: Mentions, needs: Sequence[Any]) -> bool:
    """Whether the words ask where: few words with a place do; others by what they name beside it."""
    placed = bool(mentions.named) or mentions.region
    if _asks_otherwise(turn):
        return False
    if (mentions.of("asked", "refused") or mentions.region) and len(turn.words) <= BRIEF:
        return True
    if _elsewhere_answered(turn, needs, placed):
        return False
    return (placed and has_word(mentions.rest, *turn.table("words")["boarding"])) or _says_where(turn, needs, placed)


def _asks_otherwise(turn: Turn) -> bool:
    """« ça recrute », « c’est quoi » : another question, even beside a place."""
    rest, table = turn.mentions.rest, turn.table(TABLE)
    if has_word(rest, *table["not_where"], *turn.table("rereading")["hiring"]):
        return True
    return has_word(rest, *table["other_questions"]) and turn.found.points[:1] != (WHERE,)


def _elsewhere_answered(turn: Turn, needs: Sequence[Any], placed: bool) -> bool:
    """Another point is asked, or a sheet that is neither taught nor a kind of school is found and no place is named."""
    table, points = turn.table(TABLE), turn.found.points
    if points[:1] and points[0] in table["other_points"] and WHERE not in points:
        return True
    other = bool(needs) and not needs[0].sheet.startswith(TAUGHT) and needs[0].sheet not in table["kinds_of_school"]
    return other and not placed


def _says_where(turn: Turn, needs: Sequence[Any], placed: bool) -> bool:
    rest, table, points = turn.mentions.rest, turn.table(TABLE), turn.found.points
    school, seeks = has_word(rest, *table["schools"]), has_word(rest, *table["seeks"])
    taught, near = school or diploma_said(turn) is not None, has_word(rest, *table["nearness"]) or bool(distance_said(turn))
    if len(turn.words) > BRIEF and points[:1] != (WHERE,) and not near:
        # In a long message a diploma tells who speaks, and « où » may be one clause of five: a school must be named.
        return school and (placed or seeks)
    if WHERE in points or near:
        return placed or taught or (seeks and not trade_to_be(turn))
    return taught and seeks and (placed or bool(needs))


def _subject(turn: Turn, needs: Sequence[Any], diploma: str | None) -> str | None:
    """The course or trade whose name the words say most of; else the one that was found surely."""
    found = _found(needs)
    learns = diploma or has_word(turn.mentions.rest, *turn.table(TABLE)["schools"], *turn.table(TABLE)["learning"])
    main_only = [key for key, weight in found.items() if weight == MAIN_WEIGHS]
    keys = list(dict.fromkeys([*found, *_linked(turn)])) if learns else main_only
    # « je suis en apprentissage plomberie »: what somebody is, when nothing else is named.
    for words in (turn.mentions.wanted, turn.mentions.rest):
        best = _best(turn, keys, words, found, diploma)
        if best is not None:
            return best if diploma else _trade_said(turn, keys, best)
    main = needs[0] if needs and needs[0].sheet.startswith(TAUGHT) else None
    if main is None or not (main.named or main.share >= SURE_SHARE):
        return None
    return None if main.sheet in turn.table(TABLE)["kinds_of_course"] and not diploma else main.sheet


def _trade_said(turn: Turn, keys: Sequence[str], best: str) -> str:
    """« je veux faire boulanger » names the trade: not one of its diplomas, when none is said."""
    diplomas = tuple(f"{name} " for name in turn.table("words")["diplomas"])
    sheet = turn.kb.sheet(*best.split("/", 1))
    if sheet is None or not fold(sheet.title).startswith(diplomas):
        return best
    trades = [(key, turn.kb.sheet(*key.split("/", 1))) for key in keys if key.startswith("metier/")]
    said = (key for key, trade in trades if trade and has_word(turn.mentions.rest, *map(fold, trade.title.split(" / "))))
    return next(said, best)


def _best(turn: Turn, keys: Sequence[str], words: str, found: dict[str, float], diploma: str | None) -> str | None:
    said = set(stems_of(tokens_of(words)))
    ranked = [(_worth(turn, key, said, found), key) for key in keys]
    if diploma:
        ranked = _of_the_diploma(turn, diploma, ranked)
    best = max(ranked, key=lambda item: item[0], default=None)
    return best[1] if best is not None and best[0][0] >= SAID_ENOUGH else None


def _of_the_diploma(turn: Turn, diploma: str, ranked: list[Any]) -> list[Any]:
    """« BUT informatique » is a BUT, whatever trade is as near; when none of them is named, all of them stay."""
    own = [item for item in ranked if _is_of(turn, item[1], diploma)]
    return own if any(worth[2] for worth, _ in own) else ranked


def _is_of(turn: Turn, key: str, diploma: str) -> bool:
    sheet = turn.kb.sheet(*key.split("/", 1))
    return sheet is not None and key.startswith("formation/") and f"{fold(sheet.title)} ".startswith(f"{diploma} ")


def _found(needs: Sequence[Any]) -> dict[str, float]:
    """The courses and trades that the ranking found, and what that weighs."""
    keys = [key for need in needs for key in (need.sheet, *need.others[:OTHERS_LOOKED_AT])]
    weights = dict.fromkeys(keys, FOUND_WEIGHS) | {need.sheet: MAIN_WEIGHS for need in needs[:1]}
    return {key: weight for key, weight in weights.items() if key.startswith(TAUGHT)}


def _linked(turn: Turn) -> list[str]:
    """Those that the words, or those after a kind of school, name."""
    hits = [hit for text in _segments(turn, turn.mentions.rest) for hit in named(turn, ["formation", "metier"], text=text)]
    return [f"{hit.kind}/{hit.id}" for hit in hits]


def _segments(turn: Turn, rest: str) -> Iterator[str]:
    """The words as a whole, then those that follow a kind of school or « devenir », with it and without."""
    yield turn.text
    beginnings = "|".join(map(re.escape, turn.table(TABLE)["introduces"]))
    for number, found in enumerate(re.finditer(rf"\b(?:{beginnings})\b", rest)):
        if number == NAMES_TRIED:
            return
        following = rest[found.end() :].split()[:SEGMENT_WORDS]
        yield " ".join([found.group(), *following[:2]])
        yield " ".join(following)


def _worth(turn: Turn, key: str, said: set[str], found: dict[str, float]) -> tuple[float, int, int]:
    """(how much of its best name is said, and what finding it weighs; the longest name said as it is; how many words of one)."""
    sheet = turn.kb.sheet(*key.split("/", 1))
    if sheet is None:
        return 0.0, 0, 0
    names = [part for name in (sheet.title.split("(")[0], *sheet.also) for part in name.split(" / ")]
    share, count = max((_said_of(turn, name, said) for name in names), default=(0.0, 0))
    if not count:
        return 0.0, 0, 0
    kind = OF_A_KIND_WEIGHS if key in turn.table(TABLE)["kinds_of_course"] else 0.0
    verbatim = max((len(fold(name)) for name in names if has_word(turn.mentions.rest, fold(name))), default=0)
    return share + found.get(key, 0.0) + kind, verbatim, count


def _said_of(turn: Turn, name: str, said: set[str]) -> tuple[float, int]:
    own = set(stems_of(tokens_of(name))) - set(stems_of(turn.table(TABLE)["tells_nothing"]))
    covered = sum(any(_alike(word, other) for other in said) for word in own)
    return (covered / len(own) if own else 0.0), covered


def _alike(one: str, other: str) -> bool:
    return one == other or (len(one) >= SAME_BEGINNING and one[:SAME_BEGINNING] == other[:SAME_BEGINNING])
