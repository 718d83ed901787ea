"""A transcript file becomes a case that an advisor understands in ten seconds."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from channels.services import Services
from channels.transcripts.importing import TranscriptImports
from channels.transcripts.model import TranscriptError
from tests.integration.channels.conftest import make_advisor

CALL = """WEBVTT

00:01.000 --> 00:03.000
<v Conseillère>Parcours-Métiers bonjour, je vous écoute.</v>

00:03.500 --> 00:09.000
<v Appelant>Bonjour, je m'appelle Léa Martin, je suis en terminale. Comment devenir infirmière ?</v>

00:09.500 --> 00:12.000
<v Appelant>Mon numéro est le 06 12 34 56 78.</v>

00:12.500 --> 00:18.000
<v Conseillère>C'est un diplôme en trois ans. Je vous rappelle vendredi à 10 h avec la liste des écoles.</v>
"""
TUESDAY = datetime(2026, 11, 24, 10, tzinfo=UTC)


async def test_the_case_says_who_asked_what_and_what_was_promised_for_when(services: Services) -> None:
    advisor = await make_advisor(services, "anne@exemple.fr", "Anne")
    done = await TranscriptImports(services, None).import_bytes(CALL.encode(), who=advisor, called_at=TUESDAY)
    assert "Lycéen" in done.summary and "Comment devenir infirmière ?" in done.summary
    assert "vendredi 27 novembre, 10 h" in done.summary
    detail = await services.cases.get(advisor, done.case_id)
    assert [(item.author, item.text) for item in detail.messages][1:3] == [
        ("citizen", "Bonjour, je m'appelle [nom], je suis en terminale. Comment devenir infirmière ?"),
        ("citizen", "Mon numéro est le [numéro]."),
    ]
    assert "À faire : Tenir la promesse faite" in detail.notes[0].text
    assert (detail.row.state, detail.row.channel, detail.row.public) == ("queued", "phone", "lyceen")


async def test_the_same_file_again_changes_nothing(services: Services) -> None:
    imports = TranscriptImports(services, None)
    first = await imports.import_bytes(CALL.encode())
    again = await imports.import_bytes(CALL.encode())
    assert again.already and (again.case_id, again.lines) == (first.case_id, 4)


async def test_a_file_that_is_no_transcript_leaves_nothing(services: Services) -> None:
    advisor = await make_advisor(services, "anne@exemple.fr", "Anne")
    with pytest.raises(TranscriptError):
        await TranscriptImports(services, None).import_bytes(b"bonjour")
    assert await services.cases.list(advisor) == []


async def test_the_number_of_a_promised_call_is_kept_for_the_one_who_calls_and_masked_in_the_text(services: Services) -> None:
    advisor = await make_advisor(services, "anne@exemple.fr", "Anne")
    done = await TranscriptImports(services, None).import_bytes(CALL.encode(), who=advisor, called_at=TUESDAY)
    detail = await services.cases.get(advisor, done.case_id)
    assert detail.person.phone == "+33612345678"
    assert not any("06 12" in text for text in (done.summary, *(item.text for item in detail.messages), detail.notes[0].text))


async def test_without_a_promise_no_number_is_kept(services: Services) -> None:
    advisor = await make_advisor(services, "anne@exemple.fr", "Anne")
    call = CALL.replace("Je vous rappelle vendredi à 10 h avec la liste des écoles.", "Tout est sur la fiche.")
    done = await TranscriptImports(services, None).import_bytes(call.encode(), who=advisor, called_at=TUESDAY)
    assert (await services.cases.get(advisor, done.case_id)).person.phone is None


async def test_the_note_of_a_call_says_each_thing_once(services: Services) -> None:
    advisor = await make_advisor(services, "anne@exemple.fr", "Anne")
    call = CALL + "\n00:19.000 --> 00:21.000\n<v Conseillère>Je vous envoie aussi la fiche.</v>\n"
    done = await TranscriptImports(services, None).import_bytes(call.encode(), who=advisor, called_at=TUESDAY)
    (note,) = (await services.cases.get(advisor, done.case_id)).notes
    assert note.text.count("avec la liste des écoles") == 1 and note.text.count("Je vous envoie aussi la fiche") == 1
