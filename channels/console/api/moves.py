"""What an advisor does with a case. Rights and races are the services' to judge: 403 not yours, 409 with the owner's name."""

from __future__ import annotations

from dataclasses import asdict
from typing import Annotated

from fastapi import APIRouter, Header

from channels.console.access import AnyServices, KeyOwner
from channels.console.api.cases import CaseId
from channels.console.api.schemas import (
    ERRORS,
    CaseModel,
    CloseRequest,
    MessageModel,
    NoteModel,
    ReturnRequest,
    TextRequest,
    TransferRequest,
)
from channels.messages import Json

router = APIRouter(prefix="/cases/{case_id}", responses=ERRORS)
Key = Annotated[str | None, Header(alias="Idempotency-Key", max_length=70)]


@router.post("/claim", response_model=CaseModel, summary="Prendre la demande")
async def claim(services: AnyServices, who: KeyOwner, case_id: CaseId) -> Json:
    """409 names the owner when somebody else was first."""
    return (await services.cases.claim(who, case_id)).wire()


@router.post("/messages", response_model=MessageModel, summary="Répondre à la personne")
async def reply(services: AnyServices, who: KeyOwner, case_id: CaseId, body: TextRequest, idempotency_key: Key = None) -> Json:
    """Only the owner writes. The same `Idempotency-Key` gives the same message again and sends nothing twice."""
    return (await services.cases.reply(who, case_id, body.text, idempotency_key=idempotency_key)).wire()


@router.post("/notes", response_model=NoteModel, summary="Noter pour les collègues")
async def note(services: AnyServices, who: KeyOwner, case_id: CaseId, body: TextRequest) -> Json:
    """The citizen never sees it."""
    return asdict(await services.cases.note(who, case_id, body.text))


@router.post("/transfer", response_model=CaseModel, summary="Transmettre à une personne ou à une équipe")
async def transfer(services: AnyServices, who: KeyOwner, case_id: CaseId, body: TransferRequest) -> Json:
    """To a team: back into the queue, for that team. `note`: a word for whoever gets it, which the citizen never sees."""
    return (await services.cases.transfer(who, case_id, body.to, body.note)).wire()


@router.post("/return", response_model=CaseModel, summary="Rendre à l'assistant automatique")
async def return_to_bot(services: AnyServices, who: KeyOwner, case_id: CaseId, body: ReturnRequest | None = None) -> Json:
    """The person is told, and the assistant keeps what it knew; `text`: a word of the advisor's own before."""
    if body is not None and body.text.strip():
        await services.cases.reply(who, case_id, body.text)
    return (await services.cases.return_to_bot(who, case_id)).wire()


@router.post("/close", response_model=CaseModel, summary="Clore")
async def close(services: AnyServices, who: KeyOwner, case_id: CaseId, body: CloseRequest) -> Json:
    """With an outcome of the contract."""
    return (await services.cases.close(who, case_id, body.outcome, body.reason)).wire()
