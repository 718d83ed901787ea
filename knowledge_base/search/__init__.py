"""The one search of the helpline: an index over all kinds of sheet, built from the database."""
