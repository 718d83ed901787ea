"""Distress, read before the engine and apart from it: ideas, the words that say them, and where they meet."""
