"""A form that was refused: its own page once more, what was typed in it, the reason on top. Nobody writes a form twice.

One place for every form of the console: the page where it stood is asked again in this person's name, and the form that was
sent is filled. Secrets (passwords, codes) and hidden fields are left as the page has them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

import httpx
from fastapi import Request
from lxml import html as markup

from channels.console.flash import waiting

_PAGE = "page"  # where the form stood, once its address is no longer that of a page
_LEFT = {"hidden", "password", "file", "submit", "button"}
# What a browser never sends in a text, and lxml refuses.
_UNSENDABLE = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
Typed = Mapping[str, Sequence[str]]


def page_of(request: Request, typed: Typed) -> str:
    """The path of the page where a form stood; empty when it was none of the console's."""
    url = httpx.URL(_safe(next(iter(typed.get(_PAGE, ())), "") or request.headers.get("referer", "")))
    query = f"?{url.query.decode()}" if url.query else ""
    return f"{url.path}{query}" if url.path.startswith("/console/") else ""


async def typed_in(request: Request) -> Typed:
    """The fields of a form, each with all its values."""
    found: dict[str, list[str]] = {}
    for name, value in (await request.form()).multi_items():
        if isinstance(value, str):
            found.setdefault(name, []).append(_UNSENDABLE.sub("", value).replace("\r\n", "\n"))
    return found


async def page_again(request: Request, page: str, typed: Typed, why: str) -> str | None:
    """The page with the form as it was typed; None when no form of it can hold that."""
    transport = httpx.ASGITransport(request.app)
    async with httpx.AsyncClient(transport=transport, base_url=f"{request.url.scheme}://{request.url.netloc}") as browser:
        answer = await browser.get(page, headers={"cookie": f"{request.headers.get('cookie', '')}; {waiting(why)}"})
    return filled(answer.text, request.url.path, typed, page) if answer.status_code == httpx.codes.OK else None


def filled(page: str, action: str, typed: Typed, address: str = "") -> str | None:
    """A page with the form of that address filled; None when it has none with something to fill."""
    document: markup.HtmlElement = markup.document_fromstring(page)
    form = _form_of(document, action, typed)
    boxes = [] if form is None else list(_boxes(document, form))
    if form is None or not boxes:
        return None
    for box in boxes:
        _fill(box, typed)
    boxes[0].set("autofocus")
    for outer in form.iterancestors("details"):
        outer.set("open")
    for each in document.forms:
        if each.get("method") == "post":
            each.append(markup.Element("input", {"type": "hidden", "name": _PAGE, "value": address}))
    return str(markup.tostring(document, encoding="unicode", doctype="<!doctype html>"))


def _form_of(document: markup.HtmlElement, action: str, typed: Typed) -> markup.HtmlElement | None:
    """Of several forms with one address, the one whose hidden fields are those that were sent."""
    forms = [form for form in document.forms if form.get("action") == action and form.get("method") == "post"]

    def likeness(form: markup.HtmlElement) -> int:
        hidden = form.xpath(".//input[@type='hidden' and @name!='csrf']")
        return sum(1 if box.get("value") in typed.get(box.get("name"), ()) else -1 for box in hidden)

    return max(forms, key=likeness, default=None)


def _boxes(document: markup.HtmlElement, form: markup.HtmlElement) -> Iterator[markup.HtmlElement]:
    """Its fields, also those that stand elsewhere (form="…")."""
    elsewhere = document.xpath("//*[@form=$id]", id=form.get("id")) if form.get("id") else []
    for box in [*form.iter("input", "select", "textarea"), *elsewhere]:
        secret = box.get("autocomplete") == "one-time-code"
        if box.tag in {"input", "select", "textarea"} and box.get("type") not in _LEFT and box.get("name") and not secret:
            yield box


def _fill(box: markup.HtmlElement, typed: Typed) -> None:
    values = typed.get(box.get("name"), ())
    if box.get("type") in {"checkbox", "radio"}:
        _mark(box, "checked", box.get("value", "on") in values)
    elif box.tag == "select":
        for option in box.iter("option") if values else ():
            _mark(option, "selected", option.get("value", option.text) in values)
    elif values and box.tag == "textarea":
        box.text = values[0]
    elif values:
        box.set("value", values[0])


def _mark(element: markup.HtmlElement, name: str, on: bool) -> None:
    element.attrib.pop(name, None)
    if on:
        element.set(name)


def _safe(url: str) -> str:
    try:
        return str(httpx.URL(url))
    except httpx.InvalidURL:
        return ""
