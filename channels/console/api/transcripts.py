"""A transcript of a telephone call, as a file: it becomes a case in the queue."""

from __future__ import annotations

from fastapi import APIRouter, Request
from pydantic import BaseModel
from starlette.datastructures import UploadFile

from channels.console.access import AnyServices, KeyOwner
from channels.console.api.schemas import ERRORS
from channels.errors import Invalid, TooLarge
from channels.messages import Json
from channels.transcripts.importing import TranscriptImports
from channels.web.knowledge import knowledge_of

router = APIRouter(responses=ERRORS)
MOST_BYTES = 10 * 1024 * 1024


class TranscriptModel(BaseModel):
    """The case that the call became."""

    case_id: int
    summary: str


@router.post("/transcripts", status_code=201, response_model=TranscriptModel, summary="Importer la transcription d'un appel",
             openapi_extra={"requestBody": {"required": True, "content": {"multipart/form-data": {"schema": {
                 "type": "object", "properties": {"file": {"type": "string", "format": "binary"}}, "required": ["file"]}}}}})
async def upload(request: Request, services: AnyServices, who: KeyOwner) -> Json:
    """WebVTT, SRT, Whisper JSON or Twilio Voice Intelligence sentences JSON. The same file again gives the same case."""
    who.need(who.sees_cases)
    data = await _file(request)
    imports = TranscriptImports(services, knowledge_of(request.app))
    return (await imports.import_bytes(data, who=who)).wire()


async def _file(request: Request) -> bytes:
    """The uploaded file, whatever its field is called; or the body itself."""
    if int(request.headers.get("content-length") or 0) > MOST_BYTES:
        raise TooLarge("Le fichier dépasse 10 Mo.")
    if not request.headers.get("content-type", "").startswith("multipart/"):
        return _sized(await request.body())
    async with request.form(max_files=1) as form:
        sent = next((value for _, value in form.multi_items() if isinstance(value, UploadFile)), None)
        if sent is None:
            raise Invalid("Aucun fichier n'est joint.")
        return _sized(await sent.read(MOST_BYTES + 1))


def _sized(data: bytes) -> bytes:
    if len(data) > MOST_BYTES:
        raise TooLarge("Le fichier dépasse 10 Mo.")
    if not data.strip():
        raise Invalid("Le fichier est vide.")
    return data
