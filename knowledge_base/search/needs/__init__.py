"""What a message needs: (sheet, point) pairs, found by retrieving candidates and ranking them once (see docs/ranking.md)."""
