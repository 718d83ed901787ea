"""Dated sessions of the agency and its partners: cafés des parents, workshops, fairs, open days."""
