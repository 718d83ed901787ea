"""Makes replies of ours from the sentence files, with their shorter forms and buttons."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from channels.messages import QuickReply, Reply
from channels.sentences import Sentences


class Wording:
    """Sentences as replies."""

    def __init__(self, sentences: Sentences) -> None:
        self.sentences = sentences

    def reply(self, name: str, buttons: Iterable[QuickReply] = (), variant: int = 0, /, **values: object) -> Reply:
        """The reply of this name, `values` filled in."""
        say = self.sentences
        return Reply(say.text(name, variant, **values), sms=say.form(name, "sms", variant, **values),
                     spoken=say.form(name, "spoken", variant, **values), quick_replies=tuple(buttons),
                     input=say.form(name, "input", variant))

    def button(self, name: str, **data: Any) -> QuickReply:
        """A button of `buttons.yml` that sends a command; its name is the command's unless `command` says otherwise."""
        return QuickReply(self.sentences.text(f"buttons.{name}"), {"command": name, **data})

    def person(self) -> QuickReply:
        """« Parler à un conseiller »."""
        return self.button("person")


def leads_to_a_person(reply: Reply) -> bool:
    """True when the reply already offers a person or a call-back."""
    return any(button.payload.get("command") in {"person", "handover", "callback"}
               or button.payload.get("intent") in {"demander_conseiller", "demander_rappel"} for button in reply.quick_replies)
