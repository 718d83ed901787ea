"""Somebody who leaves personal things in every field of every channel of a running helpline, and colleagues who note them."""

from __future__ import annotations

import re
import sqlite3
import uuid
from collections.abc import Mapping
from contextlib import closing
from typing import Any
from urllib.parse import quote

import httpx

from tests.dialogues.telecom import Caller, SmsCitizen, call_twilio
from tests.fixtures.twilio_emulator import Emulator
from tests.stack import Stack

MARK = "zyxmarqueur"  # what the citizen leaves; in no sheet, no sentence, no training example
STAFF = "zyxcollegue"  # what belongs to a colleague's own account: it stays when the citizen is erased
NUMBER = "+33639980777"
SPOKEN = "06 39 98 07 77"
_PASSWORD = f"{STAFF} cheval orange pluie tambour"
_CSRF = re.compile(r'name="csrf" value="([^"]+)"')


def marked(where: str) -> str:
    """A text that names where it was planted."""
    return f"{MARK} {where} Zacharie Quelquun {SPOKEN} qqn.{MARK}@exemple.fr"


# What a browser, a proxy or a script may send along, whoever reads it.
HEADERS = {"user-agent": marked("navigateur"), "referer": f"https://exemple.fr/?q={quote(marked('provenance'))}",
           "accept-language": MARK, "x-request-id": MARK}


class Planting:
    """Every field is filled once; `answers` keeps every refusal, to be searched."""

    def __init__(self, stack: Stack, twilio: Emulator) -> None:
        self.stack, self.http = stack, httpx.Client(base_url=stack.url, timeout=90, headers=HEADERS, cookies={"autre": MARK})
        self.sms, self.caller = SmsCitizen(twilio, stack.state_dir, NUMBER), Caller(stack.url, NUMBER)
        self.answers: list[str] = []
        self.token, self.session_id = "", ""

    def colleague(self) -> None:
        """An account whose address, name, password and ready sentence are marked too; logged in."""
        added = self.stack.command("user", "add", f"{STAFF}@exemple.fr", "--role", "admin", "--name", f"Anne {STAFF}")
        link = re.search(r"/console/mot-de-passe/\S+", added.stdout)
        assert link is not None
        self.http.headers["user-agent"] = f"navigateur de {STAFF}"  # kept with the login, as long as it lasts
        self._form(link[0], password=_PASSWORD, again=_PASSWORD)
        # A refused login shows the address again in its field, to whoever typed it: the page is no record.
        self._form("/console/connexion", email=f"{MARK}@exemple.fr", password=marked("passe"))
        assert "Se déconnecter" in self._form("/console/connexion", email=f"{STAFF}@exemple.fr", password=_PASSWORD).text
        self._form("/console/compte", "/console/compte/cles", label="clé d'essai", password=_PASSWORD)
        self._form("/console/compte", "/console/compte/reponses", shortcut="essai", title="Essai", text=f"Bonjour, {STAFF}")
        self.http.headers["user-agent"] = HEADERS["user-agent"]
        key = self.stack.command("user", "key", f"{STAFF}@exemple.fr").stdout.strip()
        self.advisor = {"authorization": f"Bearer {key}"}

    def web(self) -> None:
        """Texts, a page's address, distress, a mark with its comment, a recap, a call-back with name and number."""
        body = {"page_url": f"https://exemple.fr/{MARK}?q={quote(marked('page'))}", "locale": "fr", "site_key": "cle"}
        opened = self.http.post("/api/chat/sessions", json=body).json()
        self.token, self.session_id = opened["token"], opened["session_id"]
        for said in (marked("web"), f"je veux mourir {marked('detresse')}", f"/restart {marked('commande')}", "boulanger"):
            self._say(text=said)
        for action, *said in (("recap_sms", SPOKEN), ("feedback", "4", marked("avis"))):
            self._say(action=action)
            for text in said:
                self._say(text=text)
        sent = self.http.post("/api/chat/feedback", json={"score": 3, "comment": marked("satisfaction")}, headers=self._bearer())
        assert sent.status_code == 204
        self._call_back()

    def _call_back(self) -> None:
        answer = self._say(action="callback")
        for _ in ("day", "slot"):
            answer = self._say(action=answer["messages"][-1]["quick_replies"][0]["action"])
        self._say(text=SPOKEN)
        assert self._say(text=f"{MARK} Zacharie Quelquun")["mode"] == "callback"

    def refused(self) -> None:
        """Bad input of every kind: what is refused must not be written down either."""
        bad: tuple[tuple[str, dict[str, Any]], ...] = (
            ("messages", {"text": marked("refus") * 200}), ("messages", {"action": marked("bouton")[:60]}),
            ("feedback", {"score": marked("note")}), ("sessions", {"page_url": marked("x") * 100}))
        for path, payload in bad:
            self._refused(self.http.post(f"/api/chat/{path}", json=payload, headers=self._bearer()))
        self._refused(self.http.post("/api/chat/messages", content=marked("corps").encode(), headers=self._bearer()))
        self._refused(self.http.get("/api/chat/events", headers={"authorization": f"Bearer {quote(marked('jeton'))}"}))
        self._refused(self.http.get("/api/chat/stream", params={"ticket": marked("ticket")}))
        link = f"/r/{quote(marked('lien'))}"
        assert self.http.get(link).status_code == 200  # looking at a link tells nothing of it; its button uses it
        self._refused(self.http.post(link))
        for page in (f"/api/kb/{quote(marked('sorte'))}/{quote(marked('fiche'))}",
                     f"/fiches/metier/{quote(marked('page'))}", f"/{quote(marked('rien'))}"):
            self._refused(self.http.get(page))
        self._refused(self.http.post("/webhooks/twilio/sms", data={"Body": marked("faux"), "From": NUMBER}))
        self.answers.append(self.stack.command("person", "export", f"{MARK}@exemple.fr", check=False).stderr)

    def searched(self) -> None:
        """What people look for, in the public pages and by the command line."""
        for path in ("/api/kb/search", "/fiches"):
            assert self.http.get(path, params={"q": marked("recherche"), "near": MARK}).status_code < 500
        self.stack.command("ask", marked("question"))
        self.stack.command("kb", "search", marked("cherche"), check=False)

    def phone(self) -> None:
        """SMS with a mark and a comment, a call that an advisor takes, with its transcription and its end."""
        for said in (marked("sms"), "donner mon avis", "5", marked("commentaire")):
            self.sms.say(said)
        self.caller.open()
        for said in (marked("voix"), f"je m'appelle {MARK} Quelquun", "conseiller"):
            self.caller.say(said)
        self.caller.press("1")  # transcription: yes
        call = {"CallSid": self.caller.sid, "From": NUMBER, "CallerName": marked("abonné")}
        for number, said in enumerate((marked("ligne"), marked("conseil"))):
            call_twilio(self.stack.url, f"/webhooks/twilio/transcription?{self.caller.query}", {
                **call, "TranscriptionEvent": "transcription-content", "SequenceId": str(number), "Final": "true",
                "Track": "inbound_track", "TranscriptionData": f'{{"transcript": "{said}", "confidence": 0.9}}'})
        for path, fields in (("dialed", {"DialCallStatus": "no-answer"}), ("status", {"CallStatus": "completed"})):
            call_twilio(self.stack.url, f"/webhooks/twilio/voice/{path}?{self.caller.query}", {**call, **fields})

    def signed_up(self) -> None:
        """A first name and the number, for a date of the agenda."""
        self._form("/console/agenda", title="Café des parents", date="08/12/2099", start="18h", end="20h", commune="Bernay",
                   sign_up="ici", organiser="Essai", source="Essai")
        for said in ("prochain café des parents à Bernay", "1", MARK):
            self.sms.say(said)
        assert "place est r" in self.sms.say("oui").text
        with closing(sqlite3.connect(self.stack.state_dir / "knowledge.sqlite3")) as agenda:
            agenda.execute("DELETE FROM kb_session")  # the other dialogues of this helpline know of no date
            agenda.commit()

    def console(self) -> str:
        """The advisor answers, notes, plans, gives back, closes and looks for; gives the case of an imported transcript."""
        self._say(text="je veux parler à un conseiller")
        found = self.http.get("/api/advisor/cases", headers=self.advisor).json()["cases"]
        case = max(int(item["id"]) for item in found if item["channel"] == "web")
        moves: tuple[tuple[str, Mapping[str, str]], ...] = (
            ("claim", {}), ("messages", {"text": marked("réponse")}), ("notes", {"text": marked("note")}),
            ("return", {"text": marked("retour")}), ("claim", {}), ("transfer", {"to": marked("équipe")}),
            ("close", {"outcome": marked("issue")}), ("close", {"outcome": "informe", "reason": marked("motif")}))
        for path, body in moves:
            answer = self.http.post(f"/api/advisor/cases/{case}/{path}", json=body, headers=self.advisor)
            assert answer.status_code < 500, answer.text
            self.answers += [answer.text] if answer.status_code >= 400 else []
        for page in ("conversations", "?etat=queued", "pas-compris", "supervision", "fiches"):
            assert self.http.get(f"/console/{page}", params={"q": marked("filtre"), "place": MARK}).status_code < 500
        vtt = f"WEBVTT\n\n00:00.000 --> 00:04.000\n<v Appelant>Bonjour, je cherche un stage {marked('appel')}\n"
        upload = self.http.post("/api/advisor/transcripts", files={"file": (f"{MARK}.vtt", vtt)}, headers=self.advisor)
        assert upload.status_code == 201, upload.text
        self._refused(self.http.post("/api/advisor/transcripts", files={"file": (f"{MARK}.txt", MARK)}, headers=self.advisor))
        return str(upload.json()["case_id"])

    def _say(self, **body: str) -> dict[str, Any]:
        headers = {**self._bearer(), "idempotency-key": str(uuid.uuid4())}
        answer = self.http.post("/api/chat/messages", json=body, headers=headers)
        assert answer.status_code == 200, answer.text
        return dict(answer.json())

    def _refused(self, answer: httpx.Response) -> None:
        assert answer.status_code >= 400, f"{answer.request.url} was not refused"
        self.answers.append(answer.text)

    def _form(self, page: str, action: str = "", **fields: str) -> httpx.Response:
        token = _CSRF.search(self.http.get(page, follow_redirects=True).text)
        assert token is not None, page
        return self.http.post(action or page, data={"csrf": token[1], **fields}, follow_redirects=True)

    def _bearer(self) -> dict[str, str]:
        return {"authorization": f"Bearer {self.token}"}
