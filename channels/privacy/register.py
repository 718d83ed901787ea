"""The register of personal data: what is kept, why, how long, in which tables. The purge, /donnees and docs/registre.md read it.

A test holds it against the database's own declarations: a table with encrypted columns that no line names is a failure.
"""

from __future__ import annotations

from dataclasses import dataclass

from channels.settings import Settings


@dataclass(frozen=True, slots=True)
class Entry:
    """One line, in the words of /donnees (French). How long: `setting` names a field of Settings (days), or `until` says it.

    `after`: what the days are counted from. `public`: shown to citizens (the rest concerns colleagues).
    """

    name: str
    what: str
    why: str
    tables: tuple[str, ...]
    setting: str | None = None
    after: str = ""
    until: str = ""
    public: bool = True

    def how_long(self, settings: Settings) -> str:
        """« 90 jours », « 1 an après la fin de la demande »…"""
        if self.setting is None:
            return self.until
        return " ".join(filter(None, (in_french(getattr(settings, self.setting)), self.after)))


REGISTER = (
    Entry("conversations", "Vos messages et les réponses, sans demande à un conseiller",
          "Vous répondre et garder le fil de la conversation",
          ("conversation", "message", "feedback", "ticket", "continuation_link", "person_key"), "keep_conversation_days",
          after="après le dernier message"),
    Entry("origin", "Une empreinte de l’adresse de connexion du chat, pas l’adresse",
          "Empêcher que des SMS, des rappels ou des demandes soient envoyés en masse d’un même endroit",
          ("conversation",), until="aussi longtemps que votre conversation"),
    Entry("cases", "Vos messages et les notes, après une demande à un conseiller", "Vous suivre sans vous faire répéter",
          ("case_file", "case_event", "note", "alert", "alert_seen"), "keep_case_days", after="après la fin de la demande"),
    Entry("transcripts", "Ce qui a été dit au téléphone, si vous avez accepté la transcription", "Ne pas vous faire répéter",
          ("message",), "keep_transcript_days", after="après l’appel"),
    Entry("callbacks", "Votre numéro de téléphone, si vous demandez un rappel", "Vous rappeler", ("callback",),
          "keep_callback_days", after="après le rappel"),
    Entry("sign_ups", "Votre prénom et votre numéro, si vous vous inscrivez à une date de l’agenda",
          "Réserver votre place, vous la rappeler et vous prévenir d’un changement", ("sign_up",), "keep_sign_up_days",
          after="après la date"),
    Entry("contacts", "Votre numéro de téléphone, si vous écrivez par SMS ou appelez", "Vous répondre", ("contact",),
          until="aussi longtemps que votre conversation"),
    Entry("outgoing", "Les SMS et courriels à envoyer", "Vous les faire parvenir, et savoir s’ils sont arrivés", ("outbox",),
          until="aussi longtemps que votre conversation ; sans conversation, jusqu’à l’envoi"),
    Entry("opt_outs", "La preuve de votre STOP (une empreinte du numéro, pas le numéro)", "Ne plus jamais vous écrire",
          ("opt_out_log",), "keep_opt_out_days"),
    Entry("audit", "Qui, parmi les conseillers, a ouvert votre demande et quand", "Contrôler les accès", ("audit",),
          "keep_audit_days"),
    Entry("training", "Des phrases que l’assistant n’a pas comprises, sans nom ni numéro, relues par une personne",
          "Apprendre à l’assistant à mieux comprendre", ("filed_sentence",), until="tant qu’elles servent à l’apprentissage"),
    Entry("accounts", "Les comptes des conseillers : adresse, nom, connexions, réponses types", "Donner accès à la console",
          ("account", "one_time_link", "api_key", "console_session", "known_device", "login_attempts", "canned_reply"),
          until="aussi longtemps que le compte", public=False),
)


def in_french(days: int) -> str:
    """« 90 jours », « 1 an », « 3 ans »."""
    years, rest = divmod(days, 365)
    if not rest and years:
        return f"{years} an{'s' if years > 1 else ''}"
    return f"{days} jour{'s' if days > 1 else ''}"
