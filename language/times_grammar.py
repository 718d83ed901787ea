"""The shapes in which people say days and hours, as regular expressions over one line of plain words.

The line is made by `language.times.plain_line`: folded, SMS spellings written out, numbers in figures, « , » for any punctuation,
« 15h30 » for every way of writing an hour, « - » for a dash between two hours.
"""

from __future__ import annotations

import re

WEEKDAYS = ("lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi", "dimanche")
MONTHS = ("janvier", "fevrier", "mars", "avril", "mai", "juin", "juillet", "aout", "septembre", "octobre", "novembre", "decembre")
DAY_NUMBER = {form: place for place, name in enumerate(WEEKDAYS) for form in (name, f"{name}s")}
MONTH_NUMBER = {
    **{name: place for place, name in enumerate(MONTHS, 1)},
    "janv": 1,
    "fev": 2,
    "juil": 7,
    "sept": 9,
    "oct": 10,
    "nov": 11,
    "dec": 12,
}

_DAY = "|".join(sorted(DAY_NUMBER, key=len, reverse=True))
_MONTH = "|".join(sorted(MONTH_NUMBER, key=len, reverse=True))
_HOUR = r"\d{1,2}h(?:\d{2})?(?![a-z0-9])"
_NAMED_HOUR = rf"(?:{_HOUR}|midi(?: 30)?|minuit)"
_BARE = r"\d{1,2}(?![a-z0-9/])"
_ENDS = r"(?= ,|$| (?:demain|{day}|du matin|de l apres midi|du soir|svp|merci|si|s il|au|par)\b)".replace("{day}", _DAY)


def _part(name: str) -> str:
    return rf"(?P<{name}> (?:du mat(?:in)?|du soir|de l apres midi|le matin|le soir|l apres midi|de la matinee))?"


# name → expression; at each place the first that fits is taken. Those named « skip… » say no time and are stepped over.
_SHAPES: tuple[tuple[str, str], ...] = (
    ("skip_number", r"(?:\+?33|0)\d{8,9}\b|(?:le |au )?\d{2}(?: \d{2}){3,4}\b"),
    (
        "skip_since",
        r"(?:depuis|il y a|pendant|ca fait|voila|durant|toutes les) \d+ ?(?:ans?|jours?|mois|semaines?|h\d*|heures?|minutes?)\b",
    ),
    (
        "skip_past",
        r"hier(?: (?:matin|soir|apres midi))?\b"
        r"|(?:bonne|bon) (?:soiree|journee|matinee|apres midi|week end)|(?:bonne|bon) (?:fin|debut) d\w* \w+",
    ),
    (
        "skip_amount",
        r"\d+ ?(?:ans?|mois|piges|balais|euros?|km|salaries|postes|eleves|places|kg)\b"
        r"|\d{1,2}h (?:par|de|d) (?:semaine|jour|cours|formation|train|route)\b|(?:2[5-9]|[3-9]\d)h(?![a-z0-9])",
    ),
    (
        "in_time",
        r"(?:dans|d ici|sous) (?P<within>l heure\b)"
        r"|(?:dans|d ici|sous) (?:les )?(?:(?P<part_of>(?:1 )?demie? heure|(?:1 |3 )?quarts? d heure)\b"
        r"|(?P<hours>\d{1,2})h(?P<minutes>\d{2})?\b|(?P<amount>\d{1,3}) ?(?P<unit>minutes?|min|mn|jours?|semaines?|mois)\b)",
    ),
    (
        "date_span",
        rf"(?:du|de|entre|entre le) (?P<r1>\d{{1,2}})(?:er)? (?:au|et le)"
        rf" (?P<r2>\d{{1,2}})(?:er)?(?![a-z0-9/])(?: (?P<rmonth>{_MONTH})\b)?",
    ),
    (
        "dates",
        rf"(?:les? (?P<l1>\d{{1,2}})(?:er)? (?:et|ou)(?: le)? (?P<l2>\d{{1,2}})(?:er)?) (?P<lmonth>{_MONTH})\b",
    ),
    ("week_of", rf"(?:la )?semaine du (?P<wdate>\d{{1,2}})(?:er)?(?![a-z0-9/])(?: (?P<wmonth>{_MONTH})\b)?"),
    ("month_part", rf"(?:vers )?(?:le |la )?(?P<mpart>debut|milieu|mi|fin)(?: de| du mois de)? (?P<pmonth>{_MONTH})\b"),
    ("next_month", r"(?:le |au )?mois prochain\b"),
    ("date", rf"(?:le |du |au )?(?:(?:{_DAY}) )?(?P<day>\d{{1,2}})(?:er)? (?P<month>{_MONTH})\b(?: (?P<year>20\d\d))?"),
    ("slashes", r"(?:le )?(?P<sday>\d{1,2})/(?P<smonth>\d{1,2})(?:/(?P<syear>(?:20)?\d\d))?(?![/\d])"),
    ("dated_weekday", rf"(?:le |ce )?(?P<wname>{_DAY}) (?:le )?(?P<wday>\d{{1,2}})(?:er)?(?![a-z0-9/])(?! (?:et|a|ou|-) \d)"),
    ("after_tomorrow", r"(?:le )?(?:apres demain|surlendemain)\b"),
    ("tomorrow", r"demain\b(?: en (?P<week>8|15)(?![a-z0-9]))?"),
    ("today", r"(?:aujourd ?hui|tout a l heure|ce jour)\b"),
    ("in_the_day", r"dans la journee\b(?! d[eu] )"),
    ("this_part", r"(?:ce|cet|cette) (?P<now_part>matin|matinee|apres midi|apresmidi|soir|soiree|midi)\b"),
    ("weekend", r"(?:ce |le |du )?week ?end\b(?: (?P<next_weekend>prochain))?"),
    (
        "weekday",
        rf"(?:le |les |ce |tous les )?(?P<name>{_DAY})\b"
        r"(?:(?P<next> (?:prochain|qui vient|qui arrive|suivant)\b)| (?:d |de la semaine )?en (?P<in>8|15)(?![a-z0-9])"
        r"| dans (?P<in_days>8|15) jours"
        r"| (?:de )?cette semaine\b"
        r"|(?P<next_week> (?:de )?(?:la )?semaine (?:prochaine|d apres)\b))?",
    ),
    ("this_week_day", rf"cette semaine(?: ,)?(?: le)? (?P<twday>{_DAY})\b"),
    ("next_week_day", rf"(?:la )?semaine (?:prochaine|d apres|qui vient)(?: ,)?(?: le)? (?P<nwday>{_DAY})\b"),
    (
        "week_part",
        r"(?:(?:en|au|le|vers le|vers la) )?(?P<wpart>debut|milieu|fin) de (?:la )?semaine\b"
        r"(?P<wnext> (?:prochaine|d apres|qui vient))?",
    ),
    ("next_week", r"(?:la )?semaine (?:prochaine|d apres|qui vient)\b"),
    ("this_week", r"(?:cette semaine|dans la semaine|(?:avant|d ici) (?:la )?fin de (?:la )?semaine)\b(?! (?:prochaine|du \d))"),
    ("any_time", r"{any}"),
    ("at_once", r"{now}"),
    ("part", r"(?:(?:le|en|dans|pendant|au|a|vers|sur|plutot) )?(?:tous les |les |l |la |le )?(?P<moment>{parts})s?\b(?! 30)"),
    (
        "between",
        rf"(?:(?:entre|de) (?P<low>{_NAMED_HOUR}|{_BARE}){_part('lpart')}"
        rf" (?:et|a|jusqu a|-) (?P<high>{_NAMED_HOUR}){_part('bpart')}"
        rf"|(?:entre|de) (?P<low2>{_BARE}) (?:et|a) (?P<high2>{_BARE}){_ENDS}{_part('bpart2')}"
        rf"|(?:a |vers |sur )?(?P<low3>{_NAMED_HOUR}|{_BARE}) (?:a|-) (?P<high3>{_HOUR}){_part('bpart3')})",
    ),
    ("latest", rf"(?:a |vers )?(?P<latest>{_NAMED_HOUR}) (?:au plus tard|maximum|max|dernier delai)\b"),
    (
        "earliest",
        rf"(?:a |vers )?(?P<earliest>{_NAMED_HOUR}) (?:au plus tot|minimum|passees?|et plus)\b"
        # Who is busy until an hour is free from it.
        rf"|(?:finis|finit|finissent|finirai|fini|finie|termine|terminent|terminerai|sors|sort|sortirai|debauche|rentre)"
        rf"(?: (?!et |mais |a )[a-z]+){{0,3}} (?:a|vers) (?P<ends>{_HOUR})",
    ),
    (
        "after",
        rf"(?:apres|plus tard que|(?:a partir de|a compter de|des|pas avant|au dela de|au plus tot(?: a)?|minimum)(?= (?:\d|mi)))"
        rf" (?P<after>{_HOUR}|midi(?: 30)?\b(?<!apres midi)|minuit|{_BARE}{_ENDS}){_part('apart')}",
    ),
    ("before", rf"(?:avant|jusqu a|pas apres|au plus tard a|d ici) (?P<before>{_NAMED_HOUR}|{_BARE}{_ENDS}){_part('fpart')}"),
    ("either", rf"(?:a |vers |pour )?(?P<first>{_HOUR}|{_BARE}) ou (?P<second>{_HOUR}){_part('epart')}"),
    ("at", rf"(?:(?:a|vers|pour|sur les|autour de|environ) (?P<named>{_NAMED_HOUR})|(?P<at>{_HOUR}|midi 30)){_part('tpart')}"),
    ("day_of_month", r"le (?P<dom>[12]\d|3[01]|0?[1-9])(?:er)?(?![a-z0-9/+])(?! (?:ans|rue|chiffre|numero|cap|bac|eme|\d))"),
    ("at_bare", rf"(?:a|vers|sur les) (?!00?(?![0-9]))(?P<bare>{_BARE}){_ENDS}"),
)


def shapes(parts: list[str], any_time: list[str], now: list[str]) -> tuple[tuple[str, re.Pattern[str]], ...]:
    """The expressions, with the words of the table `times.yml` in them."""
    words = {"{parts}": "|".join(parts), "{any}": rf"(?:{'|'.join(any_time)})\b", "{now}": rf"(?:{'|'.join(now)})\b"}
    filled = []
    for name, shape in _SHAPES:
        for key, value in words.items():
            shape = shape.replace(key, value)
        filled.append((name, re.compile(shape)))
    return tuple(filled)
