"""Every setting of the helpline: environment variables, or a `.env` file. Descriptions are printed in the docs (French)."""

from __future__ import annotations

from pathlib import Path
from typing import Literal

from pydantic import AliasChoices, Field, field_validator, model_validator

from knowledge_base.placeholders import PUBLIC_NUMBER
from knowledge_base.settings import KnowledgeSettings


class Settings(KnowledgeSettings):
    """All settings; names are the contract's. Nothing is read at import: call `Settings()`.

    `state_dir` and `database_url` come from KnowledgeSettings (same prefix).
    """

    host: str = Field("127.0.0.1", description="Adresse d'écoute ; la boucle locale par défaut.")
    port: int = Field(8000, ge=1, le=65535, description="Port public, le seul.")
    engine_port: int = Field(0, ge=0, le=65535, description="Port du moteur sur la boucle locale ; port + 5 par défaut.")
    actions_port: int = Field(0, ge=0, le=65535, description="Port des actions sur la boucle locale ; port + 6 par défaut.")
    engine_url: str | None = Field(None, description="Adresse du moteur s'il tourne ailleurs.")
    actions_url: str | None = Field(None, description="Adresse des actions si elles tournent ailleurs.")
    engine_token: str = Field("", description="Jeton partagé avec le moteur ; fabriqué à chaque démarrage.")
    engine_timeout: float = Field(8.0, gt=0, description="Attente maximale d'une réponse du moteur, en secondes.")
    redis_url: str | None = Field(None, description="Redis, pour plusieurs passerelles : réveils, verrous, limites de débit.")
    gateways: int = Field(1, ge=1, le=32, description="Processus de la passerelle sur cette machine ; plus d'un demande Redis.")
    public_url: str | None = Field(None, description="Adresse publique du service, telle que Twilio et les SMS l'utilisent.")
    environment: Literal["production", "test"] = Field("production", description="« test » assouplit les cookies (HTTP).")

    opening: Literal["schedule", "always", "never"] = Field(
        "schedule", description="Ouverture des conseillers : horaires, toujours ou jamais (essais).")
    opening_file: str | None = Field(None, description="Fichier des horaires ; channels/hours/opening.yml par défaut.")
    helpline_number: str | None = Field(
        PUBLIC_NUMBER, description="Numéro vert affiché et dit au public ; celui que la Région publie par défaut.")
    advisor_number: str | None = Field(None, description="Numéro vers lequel les appels sont transférés.")
    oncall_sms: str | None = Field(
        None, description="Mobile de secours, prévenu par SMS quand personne n'est d'astreinte ou joignable.")
    oncall_email: str | None = Field(None, description="Adresse de secours, prévenue par courriel dans les mêmes cas.")
    alarm_webhook: str | None = Field(
        None, description="Adresse qui reçoit {\"text\": …} quand le service va mal (ntfy, Slack, Mattermost, Teams).")
    smtp_url: str | None = Field(
        None, description="smtp://utilisateur:secret@hote:587 ou smtps://… ; ?from= et ?to= acceptés.")

    rate_limit: float = Field(1.0, ge=0, description="Facteur des limites de débit ; 0 les coupe (essais de charge).")
    session_hours: int = Field(24, ge=1, description="Durée d'une session de chat sans message, en heures.")
    console_idle_minutes: int = Field(
        120, ge=5, description="Console : minutes sans page ouverte ni formulaire envoyé, après quoi il faut se reconnecter.")
    distress_watch_hours: int = Field(
        24, ge=0, description="Après un texte de détresse, heures où les messages courts sont lus avec les derniers.")
    reopen_minutes: int = Field(15, ge=0, description="Après une clôture, délai où un nouveau message rouvre la demande.")
    tell_minutes: int = Field(5, ge=1, description="En file : délai avant de redire sa place et proposer un rappel.")
    claim_minutes: int = Field(5, ge=1, description="Demande que personne ne prend : délai avant de prévenir l'astreinte.")
    silent_minutes: int = Field(15, ge=1, description="Conseiller sans réponse à la personne : délai avant retour dans la file.")
    gone_minutes: int = Field(5, ge=1, description="Conseiller absent de la console : le même délai.")
    abandon_minutes: int = Field(120, ge=5, description="Personne partie du chat pendant l'attente : délai avant l'abandon.")
    remind_minutes: int = Field(10, ge=1, description="Rappel ou rendez-vous : avance de l'avis donné au conseiller.")
    callbacks_a_slot: int = Field(4, ge=1, description="Rappels promis au plus dans un même créneau.")
    max_text: int = Field(2000, ge=100, description="Longueur maximale d'un message, en caractères.")
    sms_batch_seconds: float = Field(3.0, ge=0, description="SMS envoyés à la suite : réunis s'ils se suivent d'aussi près.")
    sms_daily_budget: int = Field(
        200, ge=0, description="SMS envoyés au plus à une même personne en 24 heures ; 0 = sans limite.")
    sms_overall_budget: int = Field(
        5000, ge=0, description="SMS envoyés au plus à toutes les personnes en 24 heures (alertes à part) ; 0 = sans limite.")
    sms_regions: str = Field(
        "FR,RE,GP,MQ,GF,YT,PM,BL,MF,WF,PF,NC",
        description="Pays et territoires dont un numéro peut recevoir un résumé ou un rappel.")
    quiet_hours: str = Field("20:00-08:30", description="Heures sans SMS non demandé (rappels, enquêtes), heure de Paris.")
    phone_voice: str = Field("Polly.Lea-Neural", description="Voix des annonces téléphoniques (nom chez Twilio).")
    transcribe_calls: bool = Field(True, description="Proposer de transcrire les appels pris par un conseiller (accord demandé).")
    transcript_mask: str = Field("numeros,noms,sensibles", description="Masqué dans les transcriptions avant d'enregistrer.")
    widget_origins: str = Field("", description="Sites autorisés à intégrer le chat, séparés par des virgules ; vide = tous.")

    data_keys: str | None = Field(
        None, description="Clés de chiffrement (Fernet), la plus récente d'abord, séparées par des virgules.")
    lookup_key: str | None = Field(None, description="Clé des empreintes de recherche ; dans le dossier d'état par défaut.")
    erasures_dir: str | None = Field(
        None, description="Registre des effacements (sans donnée personnelle) ; dossier « erasures » de l'état par défaut.")
    metrics_token: str | None = Field(None, description="Jeton pour lire /metrics hors de la boucle locale.")

    purge_hour: int = Field(3, ge=0, le=23, description="Heure de Paris où ce qui est trop vieux est effacé, chaque nuit.")
    purge_share: float = Field(
        0.5, gt=0, le=1, description="Part des conversations au-delà de laquelle l'effacement attend qu'on le confirme.")
    keep_conversation_days: int = Field(90, ge=1, description="Conversations sans demande : durée de conservation.")
    keep_case_days: int = Field(365, ge=1, description="Demandes closes et leurs conversations : durée de conservation.")
    keep_transcript_days: int = Field(180, ge=1, description="Transcriptions d'appels : durée de conservation.")
    keep_callback_days: int = Field(90, ge=1, description="Rappels terminés : durée de conservation.")
    keep_sign_up_days: int = Field(7, ge=1, description="Inscriptions à une date de l'agenda : durée de conservation après elle.")
    keep_audit_days: int = Field(365, ge=1, description="Journal d'accès : durée de conservation.")
    keep_opt_out_days: int = Field(1095, ge=1, description="Journal des STOP : durée de conservation.")

    mask_kept: str = Field("numeros,sensibles", description="Masqué dans ce qui reste d'une conversation terminée ; vide = rien.")
    mask_after_days: int = Field(7, ge=0, description="Jours entre la fin d'une conversation et ce masquage.")

    twilio_account_sid: str | None = Field(
        None, validation_alias=AliasChoices("TWILIO_ACCOUNT_SID", "twilio_account_sid"), description="Compte Twilio.")
    twilio_auth_token: str | None = Field(
        None, validation_alias=AliasChoices("TWILIO_AUTH_TOKEN", "twilio_auth_token"), description="Secret Twilio.")
    twilio_messaging_service_sid: str | None = Field(
        None, validation_alias=AliasChoices("TWILIO_MESSAGING_SERVICE_SID", "twilio_messaging_service_sid"),
        description="Service d'envoi Twilio (MG…).")
    twilio_from: str | None = Field(
        None, validation_alias=AliasChoices("TWILIO_FROM", "twilio_from"), description="Numéro d'envoi, sans service Twilio.")
    twilio_api_url: str | None = Field(None, description="API Twilio ; celle de Twilio par défaut, un émulateur en essai.")

    @field_validator("engine_url", "actions_url", "redis_url", "public_url", "advisor_number",
                     "oncall_sms", "oncall_email", "alarm_webhook", "smtp_url", "data_keys", "lookup_key", "erasures_dir",
                     "metrics_token",
                     "opening_file", "twilio_account_sid", "twilio_auth_token", "twilio_messaging_service_sid", "twilio_from",
                     "twilio_api_url", mode="before")
    @classmethod
    def _empty_is_none(cls, value: object) -> object:
        # An empty line in a .env file means "not set", never "set to nothing".
        return value or None

    @field_validator("helpline_number", mode="before")
    @classmethod
    def _public_number(cls, value: object) -> object:
        return value or PUBLIC_NUMBER

    @model_validator(mode="after")
    def _derived_ports(self) -> Settings:
        self.engine_port = self.engine_port or self.port + 5
        self.actions_port = self.actions_port or self.port + 6
        return self

    @property
    def conversations_url(self) -> str:
        """The SQLAlchemy URL of the conversations (personal data)."""
        return self.database_url or f"sqlite:///{self.state_dir.absolute() / 'conversations.sqlite3'}"

    @property
    def erasures(self) -> Path:
        """The folder of the ledger that a restore obeys (channels/store/ledger.py)."""
        return Path(self.erasures_dir) if self.erasures_dir else self.state_dir / "erasures"

    @property
    def engine_base(self) -> str:
        """Where the engine listens, without a final slash."""
        return (self.engine_url or f"http://127.0.0.1:{self.engine_port}").rstrip("/")

    @property
    def actions_base(self) -> str:
        """Where the actions listen, without a final slash."""
        return (self.actions_url or f"http://127.0.0.1:{self.actions_port}").rstrip("/")

    @property
    def public_base(self) -> str:
        """The address people and Twilio use, without a final slash."""
        return (self.public_url or f"http://{self.host}:{self.port}").rstrip("/")

