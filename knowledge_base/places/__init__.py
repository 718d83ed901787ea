"""Establishments and desks of the region, the courses they offer, what territory they cover, and who recruits."""
