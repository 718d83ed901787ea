"""Short ways to talk to the services in tests."""

from __future__ import annotations

import itertools

from channels.case.views import Answer, OpenedSession
from channels.messages import Incoming
from channels.services import Services

_keys = itertools.count(1)


async def web(services: Services, session: OpenedSession, text: str = "", *, key: str | None = None,
              action: str | None = None) -> Answer:
    """A message in the web chat."""
    return await services.relay.receive(Incoming("web", text=text, action=action, token=session.token,
                                                 client_id=key or f"key-{next(_keys)}"))


async def press(services: Services, session: OpenedSession, answer: Answer, label: str) -> Answer:
    """Presses the button with this label, under any of the answer's messages."""
    for message in answer.messages:
        for button in message.wire()["quick_replies"]:
            if button["label"] == label:
                return await web(services, session, action=button["action"])
    raise AssertionError(f"no button « {label} » under {[message.text for message in answer.messages]}")


async def sms(services: Services, text: str, *, sender: str = "+33612345678", sid: str | None = None) -> Answer:
    """An inbound SMS."""
    return await services.relay.receive(Incoming("sms", text=text, sender=sender, provider_id=sid or f"SM{next(_keys)}"))
