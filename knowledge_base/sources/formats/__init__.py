"""Readers by format: `READERS[format](path, context)` gives a Batch, or raises ImportRefused when the format is another."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from knowledge_base.places.batch import Batch
from knowledge_base.sources.formats import (
    administration,
    apprenticeship,
    higher,
    hiring,
    ideo,
    ideo_actions,
    missions_locales,
    pages,
    parcoursup,
    schools,
    services,
    vocational,
)
from knowledge_base.sources.reading import Context

Reader = Callable[[Path, Context], Batch]

READERS: dict[str, Reader] = {
    "lycees": schools.read_lycees,
    "annuaire_education": schools.read_directory,
    "high_schools": schools.read_high_schools,
    "lycees_communes": schools.read_communes_of_lycees,
    "ideo_specialites": ideo.read_specialities,
    "ideo_options": ideo.read_options,
    "ideo_actions": ideo_actions.read_actions,
    "ideo_structures": ideo_actions.read_structures,
    "parcoursup": parcoursup.read_parcoursup,
    "bts_places": vocational.read_bts_places,
    "pro_places": vocational.read_pro_places,
    "apprenticeship_bodies": apprenticeship.read_bodies,
    "networks": apprenticeship.read_networks,
    "higher_schools": higher.read_higher_schools,
    "missions_locales": missions_locales.read_seats,
    "missions_locales_zones": missions_locales.read_zones,
    "dila": administration.read_directory,
    "france_travail": services.read_france_travail,
    "france_services": services.read_france_services,
    "esat": services.read_esat,
    "bmo": hiring.read_bmo,
    "bmo_rome": hiring.read_job_codes,
    "pages": pages.read_pages,
}
