"""The people of the helpline: no default password, links that serve once, sessions and keys that end."""

from __future__ import annotations

from datetime import timedelta

import pyotp
import pytest
import time_machine

from channels.errors import Conflict, Forbidden, Invalid, NotFound, TooManyRequests, Unauthorized
from channels.services import Services
from clock import now
from tests.integration.channels.conftest import make_advisor

PASSWORD = "un mot de passe assez long"


async def account(services: Services, role: str = "conseiller") -> None:
    await services.accounts.set_password(await services.accounts.create("anne@exemple.fr", role), PASSWORD)


async def test_the_link_sets_the_password_once(services: Services) -> None:
    link = await services.accounts.create("Anne@exemple.fr", "conseiller")
    assert await services.accounts.account_of_link(link) == "Anne@exemple.fr"
    with pytest.raises(Invalid):
        await services.accounts.set_password(link, "court")
    await services.accounts.set_password(link, PASSWORD)
    with pytest.raises(NotFound):
        await services.accounts.set_password(link, PASSWORD)
    login = await services.accounts.login("anne@EXEMPLE.fr", PASSWORD)
    assert (await services.accounts.session(login.token)).principal.role == "conseiller"


async def test_without_a_password_nobody_gets_in(services: Services) -> None:
    await services.accounts.create("anne@exemple.fr", "admin")
    with pytest.raises(Unauthorized):
        await services.accounts.login("anne@exemple.fr", "")
    with pytest.raises(Unauthorized):
        await services.accounts.login("inconnu@exemple.fr", PASSWORD)


async def test_after_eight_wrong_passwords_the_account_rests(services: Services) -> None:
    await account(services)
    for _ in range(8):
        with pytest.raises(Unauthorized):
            await services.accounts.login("anne@exemple.fr", "faux")
    with pytest.raises(TooManyRequests):
        await services.accounts.login("anne@exemple.fr", PASSWORD)
    with time_machine.travel(now() + timedelta(minutes=11)):
        assert await services.accounts.login("anne@exemple.fr", PASSWORD)


async def test_a_second_factor_serves_once(services: Services) -> None:
    await account(services)
    who = (await services.accounts.login("anne@exemple.fr", PASSWORD)).principal
    enrolment = await services.second_factor.start(who)
    assert enrolment.address.startswith("otpauth://")
    code = pyotp.TOTP(enrolment.secret).now()
    await services.second_factor.confirm(who, code)
    with pytest.raises(Unauthorized):
        await services.accounts.login("anne@exemple.fr", PASSWORD)
    with pytest.raises(Unauthorized):
        await services.accounts.login("anne@exemple.fr", PASSWORD, totp=code)
    with time_machine.travel(now() + timedelta(seconds=60)):
        assert await services.accounts.login("anne@exemple.fr", PASSWORD, totp=pyotp.TOTP(enrolment.secret).now())


async def test_the_old_telephone_counts_until_the_new_one_gave_its_first_code(services: Services) -> None:
    await account(services)
    who = (await services.accounts.login("anne@exemple.fr", PASSWORD)).principal
    old = await services.second_factor.start(who)
    await services.second_factor.confirm(who, pyotp.TOTP(old.secret).now())
    with time_machine.travel(now() + timedelta(seconds=60)):
        new = await services.second_factor.start(who, pyotp.TOTP(old.secret).now())
        assert await services.second_factor.waiting(who) == new
        with pytest.raises(Unauthorized):
            await services.accounts.login("anne@exemple.fr", PASSWORD)
    with time_machine.travel(now() + timedelta(seconds=120)):
        assert await services.accounts.login("anne@exemple.fr", PASSWORD, totp=pyotp.TOTP(old.secret).now())
        with pytest.raises(Invalid):
            await services.second_factor.confirm(who, pyotp.TOTP(old.secret).now())
        await services.second_factor.confirm(who, pyotp.TOTP(new.secret).now())
    with time_machine.travel(now() + timedelta(seconds=180)):
        with pytest.raises(Unauthorized):
            await services.accounts.login("anne@exemple.fr", PASSWORD, totp=pyotp.TOTP(old.secret).now())
        assert await services.accounts.login("anne@exemple.fr", PASSWORD, totp=pyotp.TOTP(new.secret).now())


async def test_an_open_session_alone_cannot_take_the_second_factor_away(services: Services) -> None:
    await account(services)
    who = (await services.accounts.login("anne@exemple.fr", PASSWORD)).principal
    enrolment = await services.second_factor.start(who)
    await services.second_factor.confirm(who, pyotp.TOTP(enrolment.secret).now())
    for guessed in ("", "000000"):
        with pytest.raises(Invalid):
            await services.second_factor.start(who, guessed)
    with pytest.raises(Unauthorized):
        await services.accounts.login("anne@exemple.fr", PASSWORD)
    with time_machine.travel(now() + timedelta(seconds=60)):
        assert await services.second_factor.start(who, pyotp.TOTP(enrolment.secret).now())


async def test_a_cancelled_second_factor_changes_nothing(services: Services) -> None:
    await account(services)
    who = (await services.accounts.login("anne@exemple.fr", PASSWORD)).principal
    enrolment = await services.second_factor.start(who)
    await services.second_factor.cancel(who)
    with pytest.raises(Conflict):
        await services.second_factor.confirm(who, pyotp.TOTP(enrolment.secret).now())
    assert await services.accounts.login("anne@exemple.fr", PASSWORD)


async def test_sessions_and_keys_can_be_revoked(services: Services) -> None:
    await account(services)
    login = await services.accounts.login("anne@exemple.fr", PASSWORD)
    await services.accounts.revoke_sessions(login.principal, login.principal.account_id)
    with pytest.raises(Unauthorized):
        await services.accounts.session(login.token)
    key = await services.accounts.create_key("anne@exemple.fr", "essai")
    listed = await services.accounts.keys(login.principal)
    assert [row.label for row in listed] == ["essai"]
    await services.accounts.revoke_key(login.principal, listed[0].id)
    with pytest.raises(Unauthorized):
        await services.accounts.by_key(key)


async def test_an_address_has_one_account_and_roles_are_known(services: Services) -> None:
    await account(services)
    with pytest.raises(Conflict):
        await services.accounts.create("ANNE@exemple.fr", "conseiller")
    with pytest.raises(Invalid):
        await services.accounts.create("b@exemple.fr", "chef")
    with pytest.raises(Invalid):
        await services.accounts.create("pas une adresse", "conseiller")


async def test_only_administrators_change_others(services: Services) -> None:
    advisor = await make_advisor(services, "b@exemple.fr", "Bruno")
    admin = await make_advisor(services, "c@exemple.fr", "Carla", role="admin")
    with pytest.raises(Forbidden):
        await services.accounts.update(advisor, advisor.account_id, role="admin")
    with pytest.raises(Forbidden):
        await services.accounts.update(advisor, admin.account_id, name="Autre")
    assert (await services.accounts.update(admin, advisor.account_id, team="Rouen")).team == "Rouen"
    await services.accounts.update(admin, advisor.account_id, active=False)
    with pytest.raises(Unauthorized):
        await services.accounts.login("b@exemple.fr", PASSWORD)
