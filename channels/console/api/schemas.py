"""What the advisors' API reads and answers, for validation of what comes in and for /docs."""

from __future__ import annotations

from datetime import datetime
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field

from channels.conversation.whole_text import WholeText

State = Literal["queued", "mine", "human", "callback", "abandoned", "closed"]
Outcome = Literal["informe", "oriente", "rendez_vous", "rappel_fait", "sans_reponse", "hors_champ"]
Urgency = Literal["normale", "haute", "detresse"]


class Open(BaseModel):
    """An answer whose services may add fields."""

    model_config = ConfigDict(extra="allow")


class CaseModel(Open):
    """A case in a list. `owner` is a display name, `waiting_seconds` counts until somebody took it."""

    id: int
    state: str
    channel: str
    topic: int | None
    public: str
    place: str | None
    urgency: str
    owner: str | None
    waiting_seconds: int
    summary: str


class CasesModel(BaseModel):
    """`GET cases`, oldest first."""

    cases: list[CaseModel]


class MessageModel(Open):
    """One message, the contract's."""

    id: str
    seq: int
    author: Literal["citizen", "bot", "advisor", "system"]
    text: str
    sent_at: datetime
    quick_replies: list[dict[str, Any]]
    cards: list[dict[str, Any]]
    in_reply_to: str | None


class CaseDetailModel(CaseModel):
    """`GET cases/{id}`: summary in parts, the person's context, the whole transcript."""

    parts: dict[str, Any]
    mode: str
    person: dict[str, Any]
    messages: list[MessageModel]
    notes: list[dict[str, Any]]
    history: list[dict[str, Any]]
    callbacks: list[dict[str, Any]]


class TextRequest(BaseModel):
    """A message to the citizen, or a note for colleagues. Length is the service's to judge."""

    text: WholeText


class TransferRequest(BaseModel):
    """`to`: an account (id or e-mail) or a team. `note`: a word for colleagues."""

    to: str = Field(min_length=1, max_length=200)
    note: str = Field("", max_length=4000)


class ReturnRequest(BaseModel):
    """An optional word to the person."""

    text: WholeText = ""


class CloseRequest(BaseModel):
    """How the case ended."""

    outcome: Outcome
    reason: str | None = Field(None, max_length=500)


class NoteModel(BaseModel):
    """A colleague's note."""

    id: str
    author: str
    text: str
    written_at: datetime


class ErrorDetail(BaseModel):
    """A stable code and a French sentence."""

    code: str
    message: str


class ErrorModel(BaseModel):
    """Every refusal."""

    error: ErrorDetail


ERRORS: dict[int | str, dict[str, Any]] = {status: {"model": ErrorModel} for status in (400, 401, 403, 404, 409, 422)}
