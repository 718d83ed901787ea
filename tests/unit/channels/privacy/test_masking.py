"""Numbers and addresses stay out of the engine; what looks like them stays in."""

from __future__ import annotations

import pytest

from channels.privacy.masking import is_in, is_mobile, mask, read_phone, speak_phone


@pytest.mark.parametrize(("text", "masked"), [
    ("appelez le 06 12 34 56 78", "appelez le [numéro]"), ("0612345678", "[numéro]"),
    ("+33 6 12 34 56 78 merci", "[numéro] merci"),
    ("06.12.34.56.78", "[numéro]"), ("06/12/34/56/78 svp", "[numéro] svp"),
    ("06,12,34,56,78", "[numéro]"),
    ("06\u202f12\u202f34\u202f56\u202f78", "[numéro]"), ("au 33712457898", "au [numéro]"), ("0692 12 34 56", "[numéro]"),
    ("06, 12, 34, 56, 78", "[numéro]"), ("le 24/11/2026 au 06 12 34 56 78", "le 24/11/2026 au [numéro]"),
    ("06|12|34|56|78", "[numéro]"), ("06·12·34·56·78", "[numéro]"), ("06 * 12 * 34 * 56 * 78", "[numéro]"),
    ("06:12:34:56:78", "[numéro]"), ("06\\12\\34\\56\\78", "[numéro]"), ("06\n12\n34\n56\n78", "[numéro]"),
    ("O6 12 34 56 78", "[numéro]"), ("0639 12 34 56", "[numéro]"),
    ("jean.dupont@exemple.fr", "[adresse e-mail]"),
    ("mon ine 1234567890 et nir 2 99 01 14 118 001 25", "mon ine [numéro] et nir [numéro]")])
def test_what_names_a_person_is_masked(text: str, masked: str) -> None:
    assert mask(text) == masked


@pytest.mark.parametrize("text", [
    "bac 2027 à Caen 14000", "BTS 2 ans, 1 200 euros", "D1202", "RNCP 35044", "2012-01-02 08:00", "le 24/11/2026 à 14h30",
    "né le 02.01.2012", "de 8h30 à 17h00", "le 24/11/2026", "après la 3e",
    "08:30 - 12:15, 13:30 - 17:45", "2 * 3 * 4", "14000\n76000\n50100"])
def test_what_names_nobody_stays(text: str) -> None:
    assert mask(text) == text


@pytest.mark.parametrize(("text", "number"), [
    ("c'est le 06 12 34 56 78", "+33612345678"), ("02.31.06.78.90", "+33231067890"), ("06 12", None), ("0 800 05 00 00", None),
    ("", None), ("bonjour", None), ("06 39 98 00 01", "+33639980001"),
    ("+33 (0)7 00 00 00 01", "+33700000001"),
    ("06/12/34/56/78", "+33612345678"), ("06,12,34,56,78", "+33612345678"),
    ("06\u202f12\u202f34\u202f56\u202f78", "+33612345678"),
    ("33712457898", "+33712457898"), ("0692 12 34 56", "+262692123456"), ("0690 12 34 56", "+590690123456"),
    ("0696 12 34 56", "+596696123456"), ("0596 12 34 56", "+596596123456"), ("0639 12 34 56", "+262639123456"),
    ("06:12:34:56:78", "+33612345678"), ("06·12·34·56·78", "+33612345678"), ("06|12|34|56|78", "+33612345678"),
    ("O6 12 34 56 78", "+33612345678"), ("6 12 34 56 78", "+33612345678"),
    ("de 08:00 à 12:30", None), ("0262 12 34 56", "+262262123456"), ("0892 00 00 00", None),
    ("2012-01-02 08:00", None), ("06 39 98 00 012", None)])
def test_a_number_to_call_back_is_read_and_checked(text: str, number: str | None) -> None:
    assert read_phone(text) == number


def test_numbers_are_shown_as_people_write_them() -> None:
    assert speak_phone("+33612345678") == "06 12 34 56 78"
    assert is_mobile("+33612345678") and is_mobile("+33639980001")
    assert not is_mobile("+33231067890")


@pytest.mark.parametrize(("number", "written_to"), [
    ("+33612345678", True), ("+33639980001", True), ("+262692123456", True), ("+992931234567", False), ("+447911123456", False)])
def test_only_numbers_of_the_regions_set_are_written_to(number: str, written_to: bool) -> None:
    assert is_in(number, "FR, RE") is written_to
