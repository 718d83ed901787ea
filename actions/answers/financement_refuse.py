"""A refused financing, an unpaid trainee: what exists, and a person takes over."""

from __future__ import annotations

from actions.sheet_answer import SheetAnswer


class ActionFinancementRefuse(SheetAnswer):
    """Says what is known and hands over."""

    intent = "financement_refuse"
    topic = 25
    handover = 2
    kinds = ("dispositif", "aide")
    usual = ("dispositif/financement-refuse",)
    lead = "funding_refused"
    missing = "funding_refused"
    steps = ("droits_formation", "aides")
    reason = "financement"
