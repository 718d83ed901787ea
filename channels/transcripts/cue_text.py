"""The text of a WebVTT cue: its tags are read as the specification's tokenizer does, only voices and words are kept."""

from __future__ import annotations

from collections.abc import Iterator

from channels.transcripts.model import one_line
from knowledge_base.references import without_references

_SPACES = "\t\n\f "
_KNOWN = {"c", "i", "b", "u", "ruby", "rt", "v", "lang"}


def voices(text: str) -> list[tuple[str, str]]:
    """(speaker, words) in order; speaker "" outside of any `<v>`; nothing for a cue without words."""
    found: list[tuple[str, str]] = []
    stack: list[tuple[str, str]] = []
    for kind, value, annotation in tokens(text):
        if kind == "text":
            speaker = next((name for tag, name in reversed(stack) if tag == "v"), "")
            _add(found, speaker, value)
        elif kind == "start" and value in _KNOWN and (value != "rt" or (stack and stack[-1][0] == "ruby")):
            stack.append((value, one_line(annotation)))
        elif kind == "end":
            _close(stack, value)
    return [(speaker, words) for speaker, words in ((speaker, one_line(words)) for speaker, words in found) if words]


def rows(text: str) -> list[str]:
    """The rows of a cue without its tags, those with words."""
    whole = "".join(value for kind, value, _ in tokens(text) if kind == "text")
    return [words for row in whole.split("\n") if (words := one_line(row))]


def tokens(text: str) -> Iterator[tuple[str, str, str]]:
    """("text", words, ""), ("start", tag, annotation), ("end", tag, ""), ("time", stamp, ""): a tag that is never closed
    runs to the end of the cue."""
    position = 0
    while position < len(text):
        if text[position] != "<":
            end = text.find("<", position)
            end = len(text) if end < 0 else end
            yield "text", without_references(text[position:end]), ""
            position = end
            continue
        end = text.find(">", position + 1)
        end = len(text) if end < 0 else end
        yield _tag(text[position + 1:end])
        position = end + 1


def _tag(inside: str) -> tuple[str, str, str]:
    if inside.startswith("/"):
        return "end", inside[1:], ""
    if inside[:1].isascii() and inside[:1].isdigit():
        return "time", inside, ""
    cut = next((index for index, character in enumerate(inside) if character in _SPACES), len(inside))
    name, _, _classes = inside[:cut].partition(".")
    return "start", name, without_references(inside[cut:])


def _close(stack: list[tuple[str, str]], name: str) -> None:
    if stack and stack[-1][0] == name:
        stack.pop()
    elif name == "ruby" and len(stack) > 1 and stack[-1][0] == "rt":
        del stack[-2:]


def _add(found: list[tuple[str, str]], speaker: str, words: str) -> None:
    if found and found[-1][0] == speaker:
        found[-1] = (speaker, found[-1][1] + words)
    else:
        found.append((speaker, words))
