"""Rasa components of our own: thin wrappers around `bot.language` and `bot.understanding`."""
