"""The scoreboard of the search: `python -m knowledge_base.evaluation` (what `make eval-search` runs)."""
