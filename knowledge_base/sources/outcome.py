"""What became of one source in a refresh."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

from knowledge_base.report import Report

LOADED, UNCHANGED, NOT_DUE, OLDER, EXTRACT, FAILED, NOWHERE = (
    "chargé", "inchangé", "pas encore dû", "ignoré : plus ancien", "ignoré : extrait", "échec", "sans adresse"
)  # fmt: skip


@dataclass
class Outcome:
    """`state` is one of the words above; `file` names what was read; `why` says more, in French."""

    source: str
    state: str
    file: str = ""
    why: str = ""
    dated: date | None = None
    report: Report | None = None

    @property
    def failed(self) -> bool:
        """True when the last good data stayed because something went wrong."""
        return self.state == FAILED

    def line(self) -> str:
        """One line for people."""
        what = f" ({self.file})" if self.file else ""
        counts = ""
        if self.report is not None and self.state == LOADED:
            counts = " : " + self.report.summary().partition(" : ")[2]
        return f"{self.source}{what} : {self.state}{counts}" + (f" — {self.why}" if self.why else "")


@dataclass
class Refreshed:
    """A whole refresh: the outcome of each source, and the files that no source recognises."""

    outcomes: list[Outcome] = field(default_factory=list)
    unknown: list[str] = field(default_factory=list)

    @property
    def failed(self) -> list[Outcome]:
        """The sources that failed."""
        return [outcome for outcome in self.outcomes if outcome.failed]

    @property
    def touched(self) -> bool:
        """True when anything in the base changed."""
        return any(outcome.report is not None and outcome.report.touched for outcome in self.outcomes)
