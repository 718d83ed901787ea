"""Every reader on the real published files, where they are at hand: `make test-open-data DIR=…`."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from knowledge_base.errors import ImportRefused
from knowledge_base.loader import SHIPPED_CONTENT
from knowledge_base.places.shipped import shipped_places
from knowledge_base.places.tables import read_courses
from knowledge_base.sources.catalogue import catalogue
from knowledge_base.sources.folder import files_of
from knowledge_base.sources.readers import read_source
from knowledge_base.sources.reading import Communes
from knowledge_base.sources.refreshing import counted

pytestmark = [pytest.mark.open_data]
ROOT = Path(os.environ.get("PARCOURS_OPEN_DATA", "../shared/open-data"))
READ = {name: declared for name, declared in catalogue().items() if declared.format and name != "pages"}
# A folder of small files is cut by losing some: that a source shrinks is told by test_refreshing.py.
ONE_FILE = sorted(name for name, declared in READ.items() if not declared.folder and name != "bmo-rome")


@pytest.fixture(scope="module")
def published() -> dict[str, list[Path]]:
    """The files of each source; the command that asks for them must say where they are."""
    assert ROOT.is_dir(), f"no published files at {ROOT}"
    return files_of(ROOT, READ)


@pytest.fixture(scope="module")
def communes() -> Communes:
    return Communes(shipped_places(SHIPPED_CONTENT))


@pytest.mark.parametrize("name", sorted(READ))
def test_a_published_file_gives_facts_of_normandie(published: dict[str, list[Path]], communes: Communes, name: str) -> None:
    batch = read_source(READ[name], counted(READ[name], published[name]), communes, read_courses(SHIPPED_CONTENT))
    assert batch.facts > 0
    for site in batch.sites:
        assert site.name and site.type and (not site.commune or site.commune[:2] in ("14", "27", "50", "61", "76")), site


@pytest.mark.parametrize("name", ONE_FILE)
def test_a_published_file_cut_in_the_middle_is_refused(
    published: dict[str, list[Path]], communes: Communes, tmp_path: Path, name: str
) -> None:
    path = counted(READ[name], published[name])[0]
    content = path.read_bytes()
    cut = tmp_path / path.name
    cut.write_bytes(content[: content.rindex(b"\n", 0, len(content) // 2) + 8])
    with pytest.raises(ImportRefused):
        read_source(READ[name], [cut], communes, read_courses(SHIPPED_CONTENT))
