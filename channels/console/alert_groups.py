"""The alerts on top of every page: one entry a case, distress first, so that six of them are still one line."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from channels.case.views import AlertView


@dataclass(frozen=True, slots=True)
class AlertGroup:
    """What concerns one case (or one alert without a case), the most serious first."""

    alerts: tuple[AlertView, ...]

    @property
    def first(self) -> AlertView:
        """The alert that speaks for all."""
        return self.alerts[0]

    @property
    def case_id(self) -> int | None:
        """The case."""
        return self.first.case_id

    def names(self, labels: Mapping[str, str]) -> str:
        """« Message de détresse, Personne ne prend cette demande »."""
        return ", ".join(dict.fromkeys(labels.get(alert.kind, "Alerte") for alert in self.alerts))


def by_case(alerts: Sequence[AlertView]) -> list[AlertGroup]:
    """The groups: distress before the rest, within that the newest first."""
    kinds: dict[object, list[AlertView]] = {}
    for alert in sorted(alerts, key=lambda alert: alert.kind != "distress"):
        kinds.setdefault(alert.case_id or alert.id, []).append(alert)
    return [AlertGroup(tuple(group)) for group in kinds.values()]
