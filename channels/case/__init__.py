"""Cases: a person is needed. Handover, what advisors do, call-backs, and what happens while nobody presses a button."""
