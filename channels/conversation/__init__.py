"""Conversations: taken in, decided, answered by the engine or by us, settled, told to the screens."""
