"""Whose distress it is: an adult who tells of a child, a friend of a friend, a parent of a child; or one's own."""

from __future__ import annotations

import pytest

from channels.conversation.distress_texts import DistressTexts
from channels.conversation.wording import Wording
from channels.hours.week import FILE as OPENING_FILE
from channels.hours.week import Hours
from channels.safety.distress import shipped_safety
from channels.safety.kinds import KINDS, of_told
from channels.safety.whose import shipped_telling
from channels.sentences import Sentences


def of_another(text: str) -> bool:
    told = shipped_safety().read(text)
    return shipped_telling().of_another(text, told.acts, of_told(told, told.findings))


@pytest.mark.parametrize(
    "text",
    [
        "je suis prof principale, une élève m'a dit que son père la frappe, je fais quoi et elle veut faire un CAP",
        "une élève m'a confié que son père la frappe",
        "je suis CPE, un élève m'a dit qu'il veut mourir, je dois appeler qui",
        "mon fils dit qu'il veut mourir",
        "ma fille de 15 ans se scarifie",
        "ma copine se fait frapper par son mec",
        "une amie m'a dit que son oncle la touche",
        "mon élève se fait harceler par sa classe",
        "un élève de ma classe dit que sa mère le tape",
        "mon meilleur ami veut se suicider",
        "Ma fille a un copain qui la frappe",
        "notre apprenti dit que son père le cogne, que doit-on faire ?",
        "je suis éducatrice et un jeune du foyer a avalé des médicaments",
        "un de mes élèves a été mis à la porte par ses parents",
        "mon fils est frappé par son maitre d'apprentissage",
        "ma fille se fait racketter au collège",
        "mon pote s'est fait tabasser par son père",
        "Notre voisine frappe ses enfants, on entend les cris tous les soirs, qui prévenir ?",
        "Prof principal : une élève m'a montré des bleus, elle ne veut pas rentrer ce soir",
        "Je suis prof principale de 4e. Un élève m'a confié que son père l'enferme à la cave le week-end. Qui dois-je appeler ?",
        "ma copine de chambre à l'internat se fait vomir après chaque repas",
        "mon mari parle de se pendre, je suis inquiète",
    ],
)
def test_who_tells_of_somebody_else_is_known(text: str) -> None:
    assert of_another(text)


@pytest.mark.parametrize(
    "text",
    [
        "mon mari me frappe",
        "mon père me frappe tous les soirs",
        "mon conjoint est violent",
        "je veux mourir",
        "une élève me frappe à la récré",
        "mes parents veulent me marier cet été",
        "mon frère me touche la nuit",
        "mon oncle vient dans ma chambre la nuit et il me touche",
        "ma prof m'a dit que j'étais nulle, j'ai envie de mourir",
        "les autres élèves se moquent de moi, je veux en finir",
        "jme fais harceler par ma classe",
        "mon père frappe ma mère et moi",
        "mon beau-père nous bat",
        "mes parents m'ont mis dehors",
        "mon patron m'a mis une gifle",
        "jai avalé toute la boite de xanax de ma mere",
        "il me frappe",
        "ma mère m'a dit qu'elle regrettait ma naissance, je sers à rien",
    ],
)
def test_who_is_hurt_is_spoken_to_as_such(text: str) -> None:
    assert not of_another(text)


@pytest.mark.parametrize("kind", KINDS)
def test_each_kind_has_words_for_who_tells_that_call_nobody_a_victim(kind: str) -> None:
    texts = DistressTexts(Wording(Sentences()), Hours("always", OPENING_FILE))
    own, told = texts.full([kind]), texts.full([kind], other=True)
    assert own.text != told.text
    assert own.text[:3] == told.text[:3]
    assert "votre faute" not in told.text
    assert "ce qu'on vous fait" not in told.text.lower()
    assert told.sms is not None
    assert len(told.sms) <= 306
