"""The Tantivy schema and the small tags by which documents are filtered."""

from __future__ import annotations

from functools import lru_cache

import tantivy

# Change it when the files of an index change shape: an older index is then rebuilt, not misread.
FORMAT = 13
# Course offers have an index of their own: they are many, and must not slow down the search for a trade.
REFERENCES, OFFERS = "references", "offers"


def build_schema() -> tantivy.Schema:
    """`ord` = position of the name in names.txt; `grams` and `tags` are split on spaces; lat/lon in degrees."""
    builder = tantivy.SchemaBuilder()
    builder.add_unsigned_field("ord", stored=False, indexed=False, fast=True)
    builder.add_text_field("grams", stored=False, tokenizer_name="whitespace", index_option="freq")
    builder.add_text_field("tags", stored=False, tokenizer_name="whitespace", index_option="basic")
    builder.add_text_field("body", stored=False, tokenizer_name="whitespace", index_option="freq")
    builder.add_float_field("lat", stored=False, indexed=True, fast=True)
    builder.add_float_field("lon", stored=False, indexed=True, fast=True)
    return builder.build()


@lru_cache(maxsize=1)
def _stemmer() -> tantivy.TextAnalyzer:
    # Folding last: the French stemmer knows its suffixes with accents, questions often come without; both are analysed
    # from folded text, so that « métiers » and « metier » meet.
    return tantivy.TextAnalyzerBuilder(tantivy.Tokenizer.simple()).filter(tantivy.Filter.stemmer("french")).build()


def stems(folded: str) -> list[str]:
    """French stems of a folded text."""
    return list(_stemmer().analyze(folded))


def kind_tag(kind: str) -> str:
    """The tag of a kind of sheet."""
    return f"kind:{kind}"


def level_tag(level: int) -> str:
    """The tag of a European level of diploma."""
    return f"level:{level}"


def rhythm_tag(rhythm: str) -> str:
    """The tag of a rhythm of training."""
    return f"rhythm:{rhythm}"
