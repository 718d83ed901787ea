"""What was spoken of and is refused is left out, so that what follows it is asked for."""

from __future__ import annotations

import pytest

from knowledge_base.search.needs.api import without_the_refused


@pytest.mark.parametrize(("said", "read"), [
    ("non pas boulanger patissier", "non patissier"),
    ("non, pas boulanger, pâtissier", "non, pâtissier"),
    ("non pas le boulanger un patissier", "non patissier"),
    ("pas boulangère, pâtissière", "pâtissière"),
    ("pas boulanger", "pas boulanger"),
    ("c'est dur boulanger ?", "c'est dur boulanger ?"),
    ("non pas plombier chauffagiste", "non pas plombier chauffagiste"),
])
def test_the_subject_that_is_refused_is_left_out(said: str, read: str) -> None:
    assert without_the_refused(said, "Boulanger / Boulangère") == read
