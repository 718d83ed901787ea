"""A person's export, as a person reads it."""

from __future__ import annotations

from channels.privacy.person_page import person_page
from channels.sentences import Sentences

DATA = {
    "contact": {"phone": "+33639980001", "name": None, "since": "2026-07-14T08:00:00+00:00", "opted_out_at": None},
    "opt_outs": [{"at": "2026-07-15T08:00:00+00:00", "wish": "stop", "word": "STOP"}],
    "conversations": [{
        "id": "abc", "channel": "sms", "since": "2026-07-14T08:00:00+00:00", "context": None,
        "messages": [{"at": "2026-07-14T08:00:00+00:00", "author": "citizen", "text": "bonjour"}],
        "cases": [{"id": 3, "state": "closed", "summary": "Demande à parler.", "outcome": "informe", "notes": ["rappeler lundi"],
                   "history": [], "callbacks": [{"phone": "+33639980001", "name": "Zoé", "starts_at": "2026-07-20T08:00:00+00:00",
                                                 "state": "planned"}]}],
        "feedback": [{"score": 4, "comment": "utile", "at": "2026-07-14T09:00:00+00:00"}]}],
}


def test_everything_is_there_in_french_and_paris_time() -> None:
    page = person_page(DATA, Sentences())
    for piece in ("06 39 98 00 01", "par SMS", "[14/07/2026 10:00] Vous : bonjour", "Demande n° 3", "rappeler lundi", "Zoé",
                  "4 sur 5", "STOP"):
        assert piece in page, piece


def test_nobody_known_by_number_is_said_so() -> None:
    page = person_page({"contact": None, "opt_outs": [], "conversations": []}, Sentences())
    assert "Aucun numéro de téléphone" in page
