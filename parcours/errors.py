"""Errors of the command line: one clear French line on stderr, exit status 1."""

from __future__ import annotations


class CommandFailed(Exception):
    """The command could not be carried out; the message is a French sentence for the operator."""
