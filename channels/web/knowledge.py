"""The knowledge base of this application, opened once."""

from __future__ import annotations

from threading import Lock
from typing import Annotated, Any

from fastapi import Depends, Request

from knowledge_base.facade import KnowledgeBase

_opening = Lock()


def knowledge_of(app: Any) -> KnowledgeBase:
    """`app.state.knowledge`, opened at its first use when start-up has not done it.

    Newer content is taken up within seconds, without making this request wait.
    """
    with _opening:
        if getattr(app.state, "knowledge", None) is None:
            settings = app.state.services.settings
            app.state.knowledge = KnowledgeBase.open(settings.knowledge_url, settings.state_dir,
                                                     helpline_number=settings.helpline_number)
    knowledge: KnowledgeBase = app.state.knowledge
    knowledge.refresh_soon()
    return knowledge


def _knowledge(request: Request) -> KnowledgeBase:
    return knowledge_of(request.app)


Knowledge = Annotated[KnowledgeBase, Depends(_knowledge)]
