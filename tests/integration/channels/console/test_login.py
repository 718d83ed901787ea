"""Coming in: the one-time link, the password, the second factor, and forms that no other site can send."""

from __future__ import annotations

import re

import pyotp

from tests.fixtures.console_browser import Seat, seat
from tests.fixtures.desk import PASSWORD, Desk


async def test_without_a_login_every_page_leads_to_the_form_and_back(desk: Desk) -> None:
    visitor = Seat(desk)
    await visitor.open("/console/cases/12")
    assert visitor.path == "/console/connexion"
    assert 'name="suite" value="/console/cases/12"' in visitor.page


async def test_the_link_of_a_new_account_sets_the_password_once(desk: Desk) -> None:
    secret = await desk.services.accounts.create("eva@exemple.fr", "conseiller", name="Eva")
    visitor = Seat(desk)
    await visitor.open(f"/console/mot-de-passe/{secret}")
    assert "eva@exemple.fr" in visitor.page
    await visitor.post(f"/console/mot-de-passe/{secret}", password="court", again="court")
    assert "de 12 à 256 caractères" in visitor.banner
    await visitor.post(f"/console/mot-de-passe/{secret}", password=PASSWORD, again="autre chose du tout")
    assert "différents" in visitor.banner
    await visitor.post(f"/console/mot-de-passe/{secret}", password=PASSWORD, again=PASSWORD)
    assert visitor.path == "/console/connexion"
    assert (await visitor.open(f"/console/mot-de-passe/{secret}")).status_code == 404
    await visitor.log_in("Eva")
    assert visitor.path == "/console/"


async def test_a_wrong_password_and_an_unknown_address_get_the_same_sentence(desk: Desk) -> None:
    await desk.colleague("Eva", password=True)
    visitor = Seat(desk)
    await visitor.log_in("Eva", "ce n'est pas le bon")
    wrong = visitor.banner
    await visitor.log_in("Personne", "ce n'est pas le bon")
    assert wrong and visitor.banner == wrong


async def test_the_cookie_is_out_of_reach_of_scripts_and_of_other_sites(desk: Desk) -> None:
    await desk.colleague("Eva", password=True)
    visitor = Seat(desk)
    await visitor.open("/console/connexion")
    answer = await visitor.http.post("/console/connexion", data={
        "csrf": visitor.token, "email": "eva@exemple.fr", "password": PASSWORD})
    cookie = next(value for name, value in answer.headers.multi_items() if name == "set-cookie" and "parcours_console" in value)
    assert "HttpOnly" in cookie
    assert "samesite=lax" in cookie.lower()


async def test_a_form_without_the_pages_token_is_refused(desk: Desk) -> None:
    awa = await seat(desk, "Eva")
    case_id, _ = await desk.waiting()
    answer = await awa.http.post(f"/console/cases/{case_id}/claim", data={"csrf": "faux.jeton"})
    assert answer.status_code == 403
    stranger = await awa.http.post(f"/console/cases/{case_id}/claim", data={"csrf": awa.token},
                                   headers={"sec-fetch-site": "cross-site"})
    assert stranger.status_code == 403
    assert (await desk.services.cases.list(await desk.services.accounts.by_key(desk.keys["Eva"]), state="mine")) == []


async def test_a_login_never_leads_to_another_site(desk: Desk) -> None:
    visitor = Seat(desk)
    await visitor.open("/console/connexion?suite=//exemple.org/")
    assert 'name="suite" value="/console/"' in visitor.page


async def test_with_a_second_factor_the_password_alone_is_not_enough(desk: Desk) -> None:
    eva = await seat(desk, "Eva")
    await eva.open("/console/compte")
    await eva.post("/console/compte/second-facteur")
    secret = re.search(r"<code>([A-Z2-7 ]+)</code>", eva.page)
    assert secret is not None
    assert eva.path == "/console/compte", "a reload of the page sends nothing again"
    assert '<svg aria-hidden="true"' in eva.page
    await eva.post("/console/compte/second-facteur/code", code="000000")
    assert "n'est pas le bon" in eva.banner.replace("&#39;", "'") and secret[0] in eva.page, "the same key goes on"
    totp = pyotp.TOTP(secret[1].replace(" ", ""))
    await eva.post("/console/compte/second-facteur/code", code=totp.now())
    assert "active" in eva.banner
    other = Seat(desk)
    assert (await other.log_in("Eva")).status_code == 401
    assert (await other.log_in("Eva", totp=totp.now())).status_code == 401, "a code serves once"


async def test_ending_all_sessions_ends_this_one_too(desk: Desk) -> None:
    eva = await seat(desk, "Eva")
    await eva.open("/console/compte")
    await eva.post("/console/compte/sessions/fin")
    await eva.open("/console/")
    assert eva.path == "/console/connexion"


async def test_logging_out_ends_the_session_on_the_server(desk: Desk) -> None:
    eva = await seat(desk, "Eva")
    stolen = dict(eva.http.cookies)
    await eva.post("/console/deconnexion")
    assert "déconnecté" in eva.banner
    again = await eva.http.get("/console/", cookies=stolen)
    assert again.status_code == 303


async def test_once_it_is_compulsory_nothing_opens_before_the_second_factor_is_set_up(desk: Desk) -> None:
    admin, eva = await seat(desk, "Ada", "admin"), await seat(desk, "Eva")
    await admin.open("/console/administration")
    await admin.post("/console/administration/second-facteur", password="ce n'est pas le bon", wanted="1")
    assert (await eva.open("/console/")).url.path == "/console/"
    await admin.post("/console/administration/second-facteur", password=PASSWORD, wanted="1")
    for page in ("/console/", "/console/rappels", "/console/administration"):
        await eva.open(page)
        assert eva.path == "/console/compte"
    assert "La double vérification est obligatoire" in eva.banner
    await eva.post("/console/compte/second-facteur")
    code = pyotp.TOTP(re.findall(r"<code>([A-Z2-7 ]+)</code>", eva.page)[0].replace(" ", "")).now()
    await eva.post("/console/compte/second-facteur/code", code=code)
    await eva.open("/console/")
    assert eva.path == "/console/"
