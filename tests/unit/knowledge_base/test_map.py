"""The map that is drawn by us: numbered, escaped, without a style that the pages' rules forbid."""

from __future__ import annotations

from lxml import etree

from knowledge_base.geo.map import HEIGHT, WIDTH, Pin, region_map

SVG = "{http://www.w3.org/2000/svg}"


def test_places_are_numbered_where_they_lie() -> None:
    drawing = etree.fromstring(region_map([Pin(1, "Dieppe", 49.92, 1.08), Pin(2, "Alençon", 48.43, 0.09)]))
    circles = drawing.findall(f".//{SVG}g[@class='pin']/{SVG}circle")
    dieppe, alencon = circles[1], circles[0]
    assert float(dieppe.get("cx")) > float(alencon.get("cx")) and float(dieppe.get("cy")) < float(alencon.get("cy"))
    assert {text.text for text in drawing.findall(f".//{SVG}g/{SVG}text")} == {"1", "2"}


def test_everything_of_normandie_fits_the_drawing() -> None:
    drawing = etree.fromstring(region_map([]))
    for polygon in drawing.findall(f"{SVG}polygon"):
        for point in polygon.get("points").split():
            x, y = map(float, point.split(","))
            assert 0 <= x <= WIDTH and 0 <= y <= HEIGHT
    assert len(drawing.findall(f"{SVG}polygon")) == 5


def test_a_name_cannot_break_out_of_the_drawing() -> None:
    svg = region_map([Pin(1, '<script>"', 49.0, 0.0)], title='Une "carte" <b>')
    assert "<script>" not in svg and "style=" not in svg
    assert etree.fromstring(svg).get("aria-label") == 'Une "carte" <b>'
