"""Conversations and personal data: models, one file per aggregate, and their repositories."""
