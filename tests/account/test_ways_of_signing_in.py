"""How one signs in is looked after on pages in our words, and by nobody else."""

import re
from collections.abc import Callable

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP
from django.core import mail
from django.core.cache import cache
from django.test import Client
from django.urls import reverse

from alongside.access.models import User
from alongside.desk.account.library import urlpatterns
from tests import cast

Visit = Callable[[str], Client]
NAMES = [pattern.name for pattern in urlpatterns if pattern.name]
# These read a real key: see tests/journeys/test_signing_in.py.
READ_A_KEY = {"mfa_add_webauthn", "mfa_reauthenticate_webauthn"}
# Words of the library's own pages, which ours do not use.
THEIRS = re.compile(
    r"reauthenticat|recovery code|deactivat|invalidat|confirm access|are you sure"
)


@pytest.fixture(autouse=True)
def _a_minute_later() -> None:
    """Attempts are limited by the minute, and the tests' clock stands still."""
    cache.clear()


@pytest.fixture
def amara(visit: Visit) -> Client:
    """Amara with an app, a key and codes, who has just shown that it is her."""
    client, user = visit("amara"), cast.user("amara")
    TOTP.activate(user, "JBSWY3DPEHPK3PXP")
    RecoveryCodes.activate(user)
    _key(user)
    asked = client.get(reverse("mfa_deactivate_totp"))
    client.post(asked["Location"], {"password": cast.PASSWORD})
    return client


def _key(user: User) -> Authenticator:
    found: Authenticator = Authenticator.objects.create(
        user=user,
        type=Authenticator.Type.WEBAUTHN,
        data={"name": "Blue key", "credential": {}},
    )
    return found


def _address(name: str, key: int) -> str:
    match name:
        case "account_reset_password_from_key":
            return reverse(name, args=["1", "none"])
        case "mfa_edit_webauthn" | "mfa_remove_webauthn":
            return reverse(name, args=[key])
    return reverse(name)


@pytest.mark.parametrize("name", sorted(set(NAMES) - READ_A_KEY))
def test_every_page_opens_in_our_words(amara: Client, name: str) -> None:
    key = Authenticator.objects.get(type=Authenticator.Type.WEBAUTHN).pk
    answer = amara.get(_address(name, key), follow=True)
    assert answer.status_code == 200
    if answer.headers["Content-Type"].startswith("text/html"):
        text = re.sub(r"<script.*?</script>|<[^>]*>", " ", answer.text, flags=re.S)
        assert THEIRS.findall(text.lower()) == []


def test_keys_are_listed_renamed_and_taken_off(amara: Client) -> None:
    user = cast.user("amara")
    key = Authenticator.objects.get(user=user, type=Authenticator.Type.WEBAUTHN)
    page = amara.get(reverse("mfa_list_webauthn")).text
    assert "Blue key" in page
    assert "Not used yet." in page
    amara.post(reverse("mfa_edit_webauthn", args=[key.pk]), {"name": "<Desk>"})
    assert "&lt;Desk&gt;" in amara.get(reverse("mfa_list_webauthn")).text
    amara.post(reverse("mfa_remove_webauthn", args=[key.pk]))
    assert "No key is in use." in amara.get(reverse("mfa_list_webauthn")).text


def test_a_new_key_is_numbered_until_its_owner_names_it(visit: Visit) -> None:
    client, address = visit("amara"), reverse("mfa_add_webauthn")
    client.post(client.get(address)["Location"], {"password": cast.PASSWORD})
    assert 'value="Key 1"' in client.get(address).text


def test_the_keys_of_others_cannot_be_touched(amara: Client) -> None:
    theirs = _key(cast.user("colleague"))
    for name in ("mfa_edit_webauthn", "mfa_remove_webauthn"):
        address = reverse(name, args=[theirs.pk])
        assert amara.get(address).status_code == 404
        assert amara.post(address, {"name": "Mine"}).status_code == 404
    theirs.refresh_from_db()
    assert theirs.data["name"] == "Blue key"


@pytest.mark.parametrize("place", ["email/", "confirm-email/", "login/code/confirm/"])
def test_nobody_changes_where_a_new_password_is_sent(amara: Client, place: str) -> None:
    assert amara.get(f"/account/{place}").status_code == 404


@pytest.mark.parametrize("name", NAMES)
def test_behind_the_lock_there_is_only_the_way_out(amara: Client, name: str) -> None:
    key = Authenticator.objects.get(type=Authenticator.Type.WEBAUTHN).pk
    amara.post(reverse("lock"))
    answer = amara.get(_address(name, key))
    if name == "account_logout":
        assert answer.status_code == 200
    else:
        assert answer["Location"].startswith(reverse("lock"))


def test_a_new_password_is_asked_for_by_mail_and_works(db: None) -> None:
    somebody = Client()
    for address in ("nobody@example.org", cast.address("amara")):
        answer = somebody.post(reverse("account_reset_password"), {"email": address})
        assert answer["Location"] == reverse("account_reset_password_done")
    (letter,) = mail.outbox
    assert (letter.to, letter.subject) == ([cast.address("amara")], "A new password")
    link = re.search(r"http://testserver(/\S+)", str(letter.body))
    assert link
    form = somebody.get(link[1], follow=True)
    fresh = "a river of small blue stones"
    sent = {"password1": fresh, "password2": fresh}
    done = somebody.post(form.request["PATH_INFO"], sent, follow=True)
    assert "The new password is set." in done.text
    assert Client().login(email=cast.address("amara"), password=fresh)


def test_the_password_is_changed_by_whoever_knows_it(visit: Visit) -> None:
    amara, address = visit("amara"), reverse("account_change_password")
    fresh = "a river of small blue stones"
    sent = {"oldpassword": "wrong", "password1": fresh, "password2": fresh}
    assert amara.post(address, sent).status_code == 200
    amara.post(address, sent | {"oldpassword": cast.PASSWORD})
    assert cast.user("amara").check_password(fresh)
