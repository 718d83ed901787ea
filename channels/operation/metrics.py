"""Prometheus metrics of the gateway; numbers only, nothing that names a person or a conversation.

The dashboard (deploy/monitoring/dashboard.json) and the alarms (deploy/monitoring/alarms.yml) read these names.
"""

from __future__ import annotations

import os

from prometheus_client import REGISTRY, CollectorRegistry, Counter, Gauge, Histogram, generate_latest
from prometheus_client.multiprocess import MultiProcessCollector

_TURN_BUCKETS = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10)
# Several gateways on one machine write to files of this folder (PARCOURS_GATEWAYS); the name is prometheus_client's.
FOLDER = "PROMETHEUS_MULTIPROC_DIR"

MESSAGES = Counter("parcours_messages_total", "Messages reçus, par canal.", ["channel", "kind"])
TURN_SECONDS = Histogram("parcours_turn_seconds", "Durée d'un tour complet.", ["channel"], buckets=_TURN_BUCKETS)
PART_SECONDS = Histogram("parcours_turn_part_seconds", "Durée de chaque partie d'un tour : store, engine, settle.", ["part"],
                         buckets=_TURN_BUCKETS)
ANSWERS = Counter("parcours_engine_answers_total", "Réponses utilisables du moteur.")
ENGINE_FAILURES = Counter("parcours_engine_failures_total", "Tours sans réponse utilisable du moteur.", ["reason"])
FALLBACKS = Counter("parcours_fallbacks_total", "Messages que l'assistant n'a pas compris.")
DISTRESS = Counter("parcours_distress_alerts_total", "Messages de détresse reconnus, par thème.", ["theme"])
REFUSED_WEBHOOKS = Counter("parcours_refused_webhooks_total", "Appels de webhook refusés (signature).")
RATE_LIMITED = Counter("parcours_rate_limited_total", "Appels refusés par les limites de débit, par règle.", ["rule"])
OUTBOX = Counter("parcours_outbox_total", "Envois terminés, par sorte et par état.", ["kind", "state"])


def _gauge(name: str, what: str) -> Gauge:
    # Read from the database at each scrape, by whichever process answers: the newest value is the true one.
    return Gauge(name, what, multiprocess_mode="mostrecent")


OUTBOX_WAITING = _gauge("parcours_outbox_waiting", "Envois en attente.")
OUTBOX_OLDEST = _gauge("parcours_outbox_oldest_seconds", "Âge du plus vieil envoi qui devrait être parti.")
QUEUE = _gauge("parcours_queue_waiting", "Personnes dans la file d'attente.")
QUEUE_OLDEST = _gauge("parcours_queue_oldest_seconds", "Attente de la personne qui attend depuis le plus longtemps.")
UNANSWERED = _gauge("parcours_unanswered_messages", "Messages reçus il y a plus d'une minute et sans réponse.")
ALERTS_UNSENT = _gauge("parcours_alerts_unsent", "Alertes qui ne sont pas parties en deux minutes.")
ALERTS_FAILED = _gauge("parcours_alerts_unreached", "Alertes que personne n'a reçues.")
DELETIONS_FAILED = _gauge("parcours_provider_deletions_failed", "Copies chez le prestataire qui n'ont pas pu être supprimées.")
SMS_SHARE = _gauge("parcours_sms_budget_share", "Part du budget de SMS de 24 heures qui est dépensée.")
DISK_FREE = _gauge("parcours_disk_free_bytes", "Place libre sur le disque de l'état.")
BACKUP_AGE = _gauge("parcours_backup_age_seconds", "Âge de la dernière sauvegarde ; 0 quand on ne sait pas.")
SOURCES_FAILED = _gauge("parcours_sources_failed", "Sources de données publiées dont la dernière mise à jour a échoué.")


def exposition() -> bytes:
    """Everything in Prometheus's text format: of this process, or of all gateways of this machine."""
    if FOLDER not in os.environ:
        return generate_latest(REGISTRY)
    registry = CollectorRegistry()
    MultiProcessCollector(registry)  # type: ignore[no-untyped-call]
    return generate_latest(registry)
