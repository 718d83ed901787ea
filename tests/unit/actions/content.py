"""A handful of sheets that the unit tests of the answers share. Illustrative: only these tests read them."""

from __future__ import annotations

from datetime import date

from tests.unit.actions.fakes import FakeKnowledge, FakePlace, sheet

HAIRDRESSER = sheet(
    "metier",
    "coiffeur",
    "Coiffeur / Coiffeuse",
    "Il ou elle coupe et coiffe.",
    also=["coiffure"],
    rome=["D1202"],
    does="On lave, on coupe, on colore.",
    conditions="On est debout toute la journée.",
    access={"diplomes": "Le CAP métiers de la coiffure.", "apprentissage": "Oui, en salon.", "formations": ["cap-coiffure"]},
    related=["estheticien"],
    riasec=["A"],
    tastes=["mode"],
    mixite="Le métier compte surtout des femmes ; les hommes y sont bienvenus.",
    questions=[
        {
            "asks": ["c'est payé combien coiffeuse"],
            "point": "pay",
            "answer": "Au début, le minimum de la branche.",
            "spoken": "Au début, on touche le minimum.",
            "source": {"name": "La branche", "collected_on": "2026-05-02"},
        },
        {"asks": ["faut un diplome pr coiffer"], "point": "access", "answer": "Oui, un CAP au moins."},
    ],
)
BEAUTICIAN = sheet("metier", "estheticien", "Esthéticien / Esthéticienne", rome=["D1208"], riasec=["A"], tastes=["mode"])
BAKER = sheet("metier", "boulanger", "Boulanger / Boulangère", also=["boulangerie"], rome=["D1102"])
PASTRY = sheet("metier", "patissier", "Pâtissier / Pâtissière", rome=["D1104"], tastes=["cuisine"], riasec=["R"])
ROOFER = sheet(
    "metier",
    "couvreur",
    "Couvreur / Couvreuse",
    rome=["F1610"],
    salary={"text": "entre deux montants publiés", "as_of": date(2026, 1, 15)},
    recruitment={"text": "le métier figure parmi les projets d’embauche", "place": "Bassin de Flers", "as_of": date(2026, 4, 1)},
)
CAP_HAIR = sheet(
    "formation", "cap-coiffure", "CAP Métiers de la coiffure", also=["cap coiffure"], rome=["D1202"], diploma="CAP", level=3
)
BTS_MCO = sheet("formation", "bts-mco", "BTS Management commercial opérationnel", also=["bts mco", "mco"], diploma="BTS", level=5)
BTS = sheet("terme", "bts", "BTS", "Un diplôme en 2 ans après le bac.", spells_out="Brevet de technicien supérieur")
BUT = sheet(
    "terme", "but", "BUT", "Un diplôme en 3 ans après le bac, en IUT.", spells_out="Bachelor universitaire de technologie"
)
VAE = sheet("dispositif", "vae", "VAE", "La VAE donne un diplôme grâce à l’expérience.", topics=[22])
CAFE = sheet("service", "cafe-des-parents", "Le café des parents", "Des temps d’échange entre parents.", topics=[27])
VAE_WEEK = sheet(
    "evenement", "semaine-vae", "La semaine de la VAE", also=["semaine de la vae"], topics=[27],
    starts_on=date(2019, 9, 30), ends_on=date(2019, 10, 4), next="La prochaine édition est annoncée sur le site de l’agence.",
)  # fmt: skip
ML_EVREUX = sheet(
    "structure", "ml-evreux", "Mission locale d’Évreux", type="mission_locale", commune_name="Évreux", covers=["27229"],
    address="1 rue de l’Exemple", topics=[21],
)  # fmt: skip
PLACES = [
    FakePlace("Calvados", "14", "departement"),
    FakePlace("Évreux", "27229"),
    FakePlace("Vernon", "27681"),
    FakePlace("Flers", "61169"),
    FakePlace("Caen", "14118"),
]


def knowledge() -> FakeKnowledge:
    """A fresh knowledge base with all of them."""
    return FakeKnowledge(
        [HAIRDRESSER, BEAUTICIAN, BAKER, PASTRY, ROOFER, CAP_HAIR, BTS_MCO, BTS, BUT, VAE, CAFE, VAE_WEEK, ML_EVREUX], PLACES
    )
