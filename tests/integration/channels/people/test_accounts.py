"""The people of the helpline: no default password, links that serve once, sessions and keys that end."""

from __future__ import annotations

import asyncio
from collections import Counter
from datetime import datetime, timedelta

import pyotp
import pytest
import time_machine

from channels.errors import Conflict, Forbidden, Invalid, NotFound, TooManyRequests, Unauthorized
from channels.services import Services
from clock import PARIS, now
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
    assert (await services.sessions.of_token(login.token)).principal.role == "conseiller"


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


async def tries(services: Services, email: str, count: int) -> Counter[str]:
    async def one() -> str:
        with pytest.raises((Unauthorized, TooManyRequests)) as refused:
            await services.accounts.login(email, "faux")
        return refused.type.__name__

    return Counter(await asyncio.gather(*(one() for _ in range(count))))


async def test_forty_wrong_passwords_at_the_same_moment_are_eight_tries(services: Services) -> None:
    await account(services)
    assert await tries(services, "anne@exemple.fr", 40) == {"Unauthorized": 8, "TooManyRequests": 32}


async def test_an_address_without_an_account_is_refused_like_one_that_has_one(services: Services) -> None:
    assert await tries(services, "personne@exemple.fr", 20) == {"Unauthorized": 8, "TooManyRequests": 12}


async def test_nobody_can_shut_a_person_out_of_the_device_that_they_logged_in_from(services: Services) -> None:
    await account(services)
    device = (await services.accounts.login("anne@exemple.fr", PASSWORD)).device
    await tries(services, "anne@exemple.fr", 20)
    with pytest.raises(TooManyRequests):
        await services.accounts.login("anne@exemple.fr", PASSWORD)
    with pytest.raises(TooManyRequests):
        await services.accounts.login("anne@exemple.fr", PASSWORD, device="inventé")
    assert (await services.accounts.login("anne@exemple.fr", PASSWORD, device=device)).device == device


async def test_a_device_known_of_one_account_is_strange_to_another(services: Services) -> None:
    await account(services)
    await services.accounts.set_password(await services.accounts.create("berthe@exemple.fr", "conseiller"), PASSWORD)
    device = (await services.accounts.login("berthe@exemple.fr", PASSWORD)).device
    await tries(services, "anne@exemple.fr", 8)
    with pytest.raises(TooManyRequests):
        await services.accounts.login("anne@exemple.fr", PASSWORD, device=device)


async def test_each_wrong_try_after_the_rest_rests_longer_up_to_ten_minutes(services: Services) -> None:
    await account(services)
    start = now()
    await tries(services, "anne@exemple.fr", 8)
    with time_machine.travel(start + timedelta(seconds=61)):
        assert await tries(services, "anne@exemple.fr", 2) == {"Unauthorized": 1, "TooManyRequests": 1}
    with time_machine.travel(start + timedelta(seconds=150)):
        assert await tries(services, "anne@exemple.fr", 1) == {"TooManyRequests": 1}
    with time_machine.travel(start + timedelta(seconds=182)):
        assert await services.accounts.login("anne@exemple.fr", PASSWORD)


async def test_a_new_password_ends_keys_and_known_devices(services: Services) -> None:
    await account(services)
    device = (await services.accounts.login("anne@exemple.fr", PASSWORD)).device
    key = await services.accounts.create_key("anne@exemple.fr")
    await services.accounts.set_password(await services.accounts.new_link("anne@exemple.fr"), "quatre chevaux jaunes dehors")
    with pytest.raises(Unauthorized):
        await services.accounts.by_key(key)
    await tries(services, "anne@exemple.fr", 8)
    with pytest.raises(TooManyRequests):
        await services.accounts.login("anne@exemple.fr", "quatre chevaux jaunes dehors", device=device)


async def test_a_key_ends_after_a_year(services: Services) -> None:
    await account(services)
    key = await services.accounts.create_key("anne@exemple.fr")
    with time_machine.travel(now() + timedelta(days=364)):
        assert await services.accounts.by_key(key)
    with time_machine.travel(now() + timedelta(days=366)), pytest.raises(Unauthorized):
        await services.accounts.by_key(key)


async def test_the_log_names_who_made_an_account_a_link_and_a_key(services: Services) -> None:
    ada = await make_advisor(services, "ada@exemple.fr", role="admin", name="Ada")
    await services.accounts.create("anne@exemple.fr", "conseiller", by=ada.account_id)
    await services.accounts.new_link("anne@exemple.fr", by=ada.account_id)
    await services.accounts.create_key("anne@exemple.fr", by=ada.account_id)
    lines = [(line.by, line.action) for line in await services.audit.lines(ada)]
    assert {("Ada", "account_created"), ("Ada", "link_made"), ("Ada", "key_created")} <= set(lines)


async def test_one_proves_to_be_there_with_one_s_password_eight_times_at_most(services: Services) -> None:
    await account(services)
    who = (await services.accounts.login("anne@exemple.fr", PASSWORD)).principal
    await services.accounts.prove(who, PASSWORD)
    for _ in range(8):
        with pytest.raises(Invalid):
            await services.accounts.prove(who, "faux")
    with pytest.raises(TooManyRequests):
        await services.accounts.prove(who, PASSWORD)


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
        await services.sessions.of_token(login.token)
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


async def test_a_session_ends_when_nobody_opened_a_page_for_two_hours_whatever_the_page_fetches(services: Services) -> None:
    secret = await services.accounts.create("eva@exemple.fr", "conseiller")
    with time_machine.travel(datetime(2026, 11, 30, 8, tzinfo=PARIS), tick=False) as clock:
        await services.accounts.set_password(secret, PASSWORD)
        token = (await services.accounts.login("eva@exemple.fr", PASSWORD)).token
        for _ in range(3):
            clock.shift(timedelta(minutes=90))
            await services.sessions.of_token(token, acting=True)
        for _ in range(3):
            clock.shift(timedelta(minutes=39))
            await services.sessions.of_token(token)
        clock.shift(timedelta(minutes=4))
        with pytest.raises(Unauthorized):
            await services.sessions.of_token(token)
