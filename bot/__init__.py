"""The engine's side of the helpline: Rasa OSS with our channel, tracker store and components, in its own environment."""
