"""The command line `parcours`: exit status 0 done, 1 failed (one clear line on stderr), 2 wrong usage."""

from __future__ import annotations

import logging
import os
import sys

import click

from channels.operation.logs import configure_logs
from parcours.commands import ask, data, kb, kb_sources, keys, nlu, people, running, transcripts, users
from parcours.errors import CommandFailed
from parcours.failures import sentence


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
def cli() -> None:
    """Parcours-Métiers : l'assistant d'orientation de la Région Normandie."""


for command in (running.run, running.train, ask.ask, kb.kb, users.user, people.person, people.purge,
                keys.keys, data.db, data.backup, data.restore, transcripts.transcript, nlu.nlu):
    cli.add_command(command)
for command in (kb_sources.refresh, kb_sources.list_sources):
    kb.kb.add_command(command)


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
