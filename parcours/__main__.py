"""The command line `parcours`: exit status 0 done, 1 failed (one clear line on stderr), 2 wrong usage."""

from __future__ import annotations

import logging
import os
import sys
from importlib import import_module

import click

from channels.operation.logs import configure_logs
from parcours.errors import CommandFailed
from parcours.failures import sentence

# Command → where it is. A module is imported when its command is called: the others would take half of the start.
COMMANDS = {"run": "running", "train": "running", "ask": "ask", "kb": "kb_sources", "user": "users", "person": "people",
            "purge": "people", "keys": "keys", "db": "data", "backup": "data", "restore": "data", "transcript": "transcripts",
            "nlu": "nlu", "doctor": "doctor"}


class Lazy(click.Group):
    """A group that imports only the command that is called."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """All their names."""
        return sorted(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """The command of that name; None when there is none."""
        if cmd_name not in COMMANDS:
            return None
        found: click.Command = getattr(import_module(f"parcours.commands.{COMMANDS[cmd_name]}"), cmd_name)
        return found


@click.group(cls=Lazy, context_settings={"help_option_names": ["-h", "--help"]})
def cli() -> None:
    """Parcours-Métiers : l'assistant d'orientation de la Région Normandie."""


def main() -> None:
    """Entry point: expected failures become one French line, never a traceback."""
    # What a command says is its answer: the services' own log lines are for the processes, or for whoever looks for a fault.
    configure_logs(logging.INFO if os.environ.get("PARCOURS_DEBUG") else logging.CRITICAL, sys.stderr)
    try:
        cli.main(standalone_mode=False)
    except click.UsageError as error:
        error.show()
        sys.exit(2)
    except click.exceptions.Abort:
        sys.exit(130)
    except CommandFailed as error:
        _fail(str(error))
    except BrokenPipeError:
        sys.exit(0)
    except Exception as error:  # the last net: whatever it is, the operator gets a sentence
        if os.environ.get("PARCOURS_DEBUG"):
            raise
        _fail(sentence(error))


def _fail(message: str) -> None:
    click.echo(message, err=True)
    sys.exit(1)


if __name__ == "__main__":
    main()
