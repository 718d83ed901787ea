"""`parcours ask "TEXT"`: one question to the running engine, answered as the channel would. Nothing is stored."""

from __future__ import annotations

from collections.abc import Sequence

import click

from channels.conversation.distress_texts import DistressTexts
from channels.conversation.engine import Turn
from channels.errors import EngineFailure
from channels.messages import Reply
from channels.privacy.masking import mask
from channels.services import Services
from parcours.errors import CommandFailed
from parcours.services import with_services


@click.command()
@click.argument("text")
@click.option("--channel", type=click.Choice(["web", "sms", "phone"]), default="web", show_default=True)
def ask(text: str, channel: str) -> None:
    """Pose une question au moteur qui tourne et affiche la réponse."""
    if not text.strip():
        raise click.UsageError("La question est vide.")

    async def work(services: Services) -> str:
        return shown(services, channel, await _replies(services, channel, text))

    click.echo(with_services(work))


async def _replies(services: Services, channel: str, text: str) -> Sequence[Reply]:
    heard = services.safety.hear(text)
    if heard is not None and heard.full:  # as on every channel: before the engine, whatever its state
        return [DistressTexts(services.wording, services.hours).full(heard.kinds, heard.tongue)]
    try:
        return (await services.engine.answer(Turn("ligne-de-commande", channel, mask(text)))).replies
    except EngineFailure as error:
        raise CommandFailed("Le moteur ne répond pas : lancez « make run » dans un autre terminal.") from error


def shown(services: Services, channel: str, replies: Sequence[Reply]) -> str:
    """The replies as text: the SMS that would leave, what a caller would hear, or the web form with its cards and buttons."""
    if channel == "phone":
        return "\n".join(reply.spoken or reply.sms or reply.text for reply in replies)
    port = services.ports.get(channel)
    if port is not None:
        return "\n--\n".join(port.render(replies, {}).bodies)
    return "\n\n".join(_web(reply) for reply in replies)


def _web(reply: Reply) -> str:
    cards = [f"  [{card.kind}] {card.title} {' '.join(card.rome)}".rstrip() for card in reply.cards]
    buttons = ["  > " + button.label for button in reply.quick_replies]
    return "\n".join([reply.text, *cards, *buttons])
