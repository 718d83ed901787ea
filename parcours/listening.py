"""Are the ports free? Asked before anything starts: otherwise it would only show as a process that keeps dying."""

from __future__ import annotations

import errno
import socket

from channels.settings import Settings
from parcours.errors import CommandFailed


def check_ports(settings: Settings) -> None:
    """Nothing is left listening.

    Raises:
        CommandFailed: a port is taken or not ours to take, or several gateways have no Redis.
    """
    if settings.gateways > 1 and not settings.redis_url:
        raise CommandFailed("PARCOURS_GATEWAYS demande Redis : indiquez PARCOURS_REDIS_URL.")
    _check(settings.host, settings.port, "PARCOURS_PORT")
    _check("127.0.0.1", settings.engine_port, "PARCOURS_ENGINE_PORT")
    _check("127.0.0.1", settings.actions_port, "PARCOURS_ACTIONS_PORT")


def _check(host: str, port: int, name: str) -> None:
    with socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)  # as uvicorn does: a port that was just freed is free
        try:
            probe.bind((host, port))
        except OSError as error:
            raise CommandFailed(_why(error, host, port, name)) from error


def _why(error: OSError, host: str, port: int, name: str) -> str:
    if error.errno == errno.EACCES:
        return f"Le port {port} demande des droits d'administrateur : choisissez-en un autre ({name})."
    if error.errno == errno.EADDRINUSE:
        return (f"Le port {port} est déjà pris : Parcours-Métiers tourne peut-être déjà. "
                f"Arrêtez l'autre programme, ou choisissez un autre port ({name}).")
    return f"Impossible d'écouter sur {host}, port {port} : vérifiez PARCOURS_HOST et {name}."
