"""STOP in any words is STOP; what only may be it is asked; the rest is a message."""

from __future__ import annotations

import pytest

from channels.delivery.opt_outs import wish_of


@pytest.mark.parametrize("text", [
    "STOP", "Stop.", "STOP ALL", "stop tout", "stoppez", "stoppez svp", "REVOKE", "OPTOUT", "opt-out", "ARRÊT", "S T O P",
    "je ne souhaite plus recevoir de SMS", "arrêtez de m'envoyer des sms", "je veux plus recevoir vos messages",
    "ne m'envoyez plus de messages", "arrête de m'écrire", "plus de SMS svp",
    "désabonnez-moi de cette liste", "je veux me désabonner",
    "merci de ne plus m'envoyer de sms", "stop aux sms", "je ne veux pas de vos sms", "retirez-moi de votre liste",
    "cessez de me contacter", "STOP 36180", "stop au 38123", "STPO", "arrette", "stop à tout", "arrêt immédiat",
    "Stop merci beaucoup",
    "veuillez ne plus m'envoyer de sms", "je ne désire plus être contacté", "cessez vos envois", "stop sending me messages",
    "non merci plus de sms"])
def test_these_are_obeyed(text: str) -> None:
    assert wish_of(text) == "stop"


@pytest.mark.parametrize("text", ["j'en ai marre de vos sms", "vous pouvez arrêter avec vos messages là", "trop de sms, assez",
    "trop de messages", "fini les sms", "retirez mon numéro", "supprimez mon numéro", "supprimez-moi de votre liste",
    "laissez-moi tranquille", "arrêtez ça", "je n'en veux plus", "comment se désinscrire ?",
    "pouvez-vous arrêter de m'envoyer des sms ?",
    "stop texting me", "FIN"])
def test_these_are_asked_plainly(text: str) -> None:
    assert wish_of(text) == "doubt"


@pytest.mark.parametrize("text", [
    "je veux arrêter le lycée", "stop ou encore ?", "je veux plus aller en cours", "comment arrêter mon apprentissage",
    "je reçois plus les messages de parcoursup", "est-ce que les sms sont payants ?", "je ne veux plus être boulanger",
    "vous ne m'avez pas contacté",
    "personne ne m'a écrit", "stop il me frappe", "je veux une fin", "j'en veux plus de ce stage", "trop de stress",
    "j'ai trop de messages de parcoursup",
    "j'ai fini mon stage et on m'a prévenu par sms",
    "arrêter mes études", "retirer un voeu"])
def test_these_are_messages(text: str) -> None:
    assert wish_of(text) is None
