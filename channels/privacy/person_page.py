"""The export of a person's data as a page that people read (French); the JSON is what programs read."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from channels.privacy.masking import speak_phone
from channels.sentences import Sentences
from clock import in_paris


def person_page(data: dict[str, Any], sentences: Sentences) -> str:
    """The same facts as the JSON of `Persons.export`, line by line."""
    lines = [*_contact(data, sentences), *_sign_ups(data, sentences), *_conversations(data, sentences)]
    return "\n".join([sentences.text("export.title"), "", *lines]) + "\n"


def _contact(data: dict[str, Any], say: Sentences) -> Iterator[str]:
    contact = data["contact"]
    if contact is None:
        yield say.text("export.no_contact")
        return
    phone = speak_phone(contact["phone"]) if contact["phone"] else say.text("export.none")
    yield say.text("export.contact", phone=phone, name=contact["name"] or say.text("export.none"), since=_when(contact["since"]))
    for entry in data["opt_outs"]:
        yield say.text("export.opt_out", word=entry["word"], at=_when(entry["at"]))


def _sign_ups(data: dict[str, Any], say: Sentences) -> Iterator[str]:
    for item in data.get("sign_ups", ()):
        yield say.text("export.sign_up", title=item["title"], at=_when(item["starts_at"]), place=item["place"],
                       name=item["name"] or "–", state=say.text(f"export.sign_up_{item['state']}"))


def _conversations(data: dict[str, Any], say: Sentences) -> Iterator[str]:
    for item in data["conversations"]:
        yield from ["", say.text("export.conversation", channel=say.text(f"export.channel_{item['channel']}"),
                                 since=_when(item["since"]), id=item["id"]), ""]
        for message in item["messages"]:
            yield f"[{_when(message['at'])}] {say.text('transcript.' + message['author'])} : {message['text']}"
        for case in item["cases"]:
            yield from _case(case, say)
        for mark in item["feedback"]:
            yield say.text("export.feedback", score=mark["score"], comment=mark["comment"] or "", at=_when(mark["at"]))


def _case(case: dict[str, Any], say: Sentences) -> Iterator[str]:
    yield from ["", say.text("export.case", id=case["id"], summary=case["summary"], outcome=case["outcome"] or "–")]
    for note in case["notes"]:
        yield say.text("export.note", text=note)
    for call in case["callbacks"]:
        yield say.text("export.callback", phone=speak_phone(call["phone"]), name=call["name"] or "–", at=_when(call["starts_at"]))


def _when(iso: str) -> str:
    return in_paris(datetime.fromisoformat(iso)).strftime("%d/%m/%Y %H:%M")
