"""What the chat API reads and answers, for validation of what comes in and for /docs."""

from __future__ import annotations

from datetime import datetime
from typing import Literal
from urllib.parse import urlsplit

from pydantic import BaseModel, Field, field_validator, model_validator

from channels.conversation.whole_text import WholeText

Mode = Literal["bot", "queued", "human", "callback", "closed"]


class SessionRequest(BaseModel):
    """`POST /api/chat/sessions`. `page_url` is kept without its query: it may hold what a person typed."""

    locale: str | None = Field(None, max_length=16)
    page_url: str | None = Field(None, max_length=2000)
    site_key: str | None = Field(None, max_length=64)

    @field_validator("page_url")
    @classmethod
    def _is_an_address(cls, value: str | None) -> str | None:
        urlsplit(value or "")  # « http://[::1 » is a ValueError, which is a 422
        return value


class MessageRequest(BaseModel):
    """`POST /api/chat/messages`: what the person typed, or the `action` of the button pressed. Length is the relay's to judge."""

    text: WholeText | None = None
    action: str | None = Field(None, max_length=64)

    @model_validator(mode="after")
    def _one_of_both(self) -> MessageRequest:
        if (self.text is None) == (self.action is None):
            raise ValueError("Donnez un texte ou une action, l'un des deux.")
        return self


class FeedbackRequest(BaseModel):
    """`POST /api/chat/feedback`."""

    score: int = Field(ge=1, le=5, strict=True)
    comment: str | None = Field(None, max_length=2000)


class SeenRequest(BaseModel):
    """`POST /api/chat/seen`: the number of the last message that the person has under their eyes."""

    seq: int = Field(ge=0, le=2**31 - 1, strict=True)


class SourceModel(BaseModel):
    """Where a fact was read, and when."""

    name: str
    url: str | None = None
    collected_on: str


class CardModel(BaseModel):
    """A sheet as an answer shows it. `calendar_url` and `map_url` only where they make sense."""

    kind: str
    id: str
    level: Literal["diplome", "offre"] | None = None
    title: str
    subtitle: str
    text: str
    url: str | None
    rome: list[str]
    source: SourceModel | None
    calendar_url: str | None = None
    map_url: str | None = None
    map_of: Literal["address", "commune"] | None = None


class QuickReplyModel(BaseModel):
    """A button: send its `action` back."""

    label: str
    action: str


class MessageModel(BaseModel):
    """One message. `client_id` on the citizen's own, `author_name` (first name) on an advisor's, `urgent` on help numbers,
    `input` on a question whose answer a telephone can help to type.
    """

    id: str
    seq: int
    author: Literal["citizen", "bot", "advisor", "system"]
    text: str
    sent_at: datetime
    quick_replies: list[QuickReplyModel]
    cards: list[CardModel]
    in_reply_to: str | None
    client_id: str | None = None
    author_name: str | None = None
    urgent: bool | None = None
    input: Literal["tel", "name"] | None = None


class SessionModel(BaseModel):
    """A new conversation with the only copy of its token."""

    session_id: str
    token: str
    expires_at: datetime
    mode: Mode
    messages: list[MessageModel]


class AcceptedModel(BaseModel):
    """The citizen's message as stored."""

    client_id: str | None
    id: str
    seq: int


class AnswerModel(BaseModel):
    """The replies to one message; empty while a person has the conversation."""

    accepted: AcceptedModel
    mode: Mode
    messages: list[MessageModel]


class EventsModel(BaseModel):
    """Everything after a sequence number; `next` is the `after` of the next call. `seen`: how far the advisor has read."""

    mode: Mode
    messages: list[MessageModel]
    next: int
    typing: Literal["advisor"] | None = None
    queue_position: int | None = None
    advisor_name: str | None = None
    seen: int | None = None


class TicketModel(BaseModel):
    """Opens one stream within a minute."""

    ticket: str


class ErrorDetail(BaseModel):
    """A stable code and a French sentence."""

    code: str
    message: str


class ErrorModel(BaseModel):
    """Every refusal."""

    error: ErrorDetail


ERRORS: dict[int | str, dict[str, object]] = {
    status: {"model": ErrorModel} for status in (400, 401, 403, 404, 409, 413, 422, 429)}
