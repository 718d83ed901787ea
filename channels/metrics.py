"""Prometheus counters and timers of the gateway; numbers only, nothing that names a person or a conversation."""

from __future__ import annotations

from prometheus_client import Counter, Gauge, Histogram

_TURN_BUCKETS = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10)

MESSAGES = Counter("parcours_messages_total", "Messages reçus, par canal.", ["channel", "kind"])
TURN_SECONDS = Histogram("parcours_turn_seconds", "Durée d'un tour complet.", ["channel"], buckets=_TURN_BUCKETS)
ENGINE_SECONDS = Histogram("parcours_engine_seconds", "Durée de la réponse du moteur.", buckets=_TURN_BUCKETS)
ENGINE_FAILURES = Counter("parcours_engine_failures_total", "Tours sans réponse utilisable du moteur.", ["reason"])
FALLBACKS = Counter("parcours_fallbacks_total", "Messages que l'assistant n'a pas compris.")
REFUSED_WEBHOOKS = Counter("parcours_refused_webhooks_total", "Appels de webhook refusés (signature).")
OUTBOX = Counter("parcours_outbox_total", "Envois terminés, par sorte et par état.", ["kind", "state"])
OUTBOX_WAITING = Gauge("parcours_outbox_waiting", "Envois en attente.")
QUEUE = Gauge("parcours_queue_waiting", "Personnes dans la file d'attente.")
ALERTS_FAILED = Gauge("parcours_alerts_unreached", "Alertes que personne n'a reçues.")
