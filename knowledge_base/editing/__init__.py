"""Sheets corrected by people in the console: what may be changed, the change itself, its history and its undoing."""
