"""The sign-in library's views that this application uses, each with its door.

What is not here has no address: nobody signs up, and an email address, which the link
to a new password is sent to, is changed by whoever runs the server.
"""

from allauth.account import views as account
from allauth.mfa.base import views as second
from allauth.mfa.recovery_codes import views as codes
from allauth.mfa.totp import views as app
from allauth.mfa.webauthn import views as key
from django.urls import URLPattern, re_path

from alongside.access.door import (
    View,
    leads_to_second_step,
    public,
    signed_in,
    works_when_locked,
)


def _on_the_way(place: str, view: View, name: str) -> URLPattern:
    """Where one comes before one is signed in."""
    opened = public("on the way to signing in")(view)
    return re_path(f"^account/{place}/$", leads_to_second_step(opened), name=name)


def _own(place: str, view: View, name: str) -> URLPattern:
    """How one signs in; also for whoever has no second step yet."""
    opened = signed_in("how one signs in is one's own")(view)
    return re_path(f"^account/{place}/$", leads_to_second_step(opened), name=name)


_RESET = "password/reset"
_LINK = rf"{_RESET}/key/(?P<uidb36>[0-9A-Za-z]+)-(?P<key>.+)"
_KEY = r"2fa/webauthn/keys/(?P<pk>\d+)"

urlpatterns = [
    _on_the_way("logout", works_when_locked(account.logout), "account_logout"),
    _on_the_way("signup", account.signup, "account_signup"),
    _on_the_way("inactive", account.account_inactive, "account_inactive"),
    _on_the_way(_RESET, account.password_reset, "account_reset_password"),
    _on_the_way(
        f"{_RESET}/done", account.password_reset_done, "account_reset_password_done"
    ),
    _on_the_way(
        f"{_RESET}/key/done",
        account.password_reset_from_key_done,
        "account_reset_password_from_key_done",
    ),
    _on_the_way(
        _LINK, account.password_reset_from_key, "account_reset_password_from_key"
    ),
    _on_the_way("2fa/authenticate", second.authenticate, "mfa_authenticate"),
    _on_the_way("2fa/webauthn/login", key.login_webauthn, "mfa_login_webauthn"),
    _own("reauthenticate", account.reauthenticate, "account_reauthenticate"),
    _own("password/change", account.password_change, "account_change_password"),
    _own("password/set", account.password_set, "account_set_password"),
    _own("2fa", second.index, "mfa_index"),
    _own("2fa/reauthenticate", second.reauthenticate, "mfa_reauthenticate"),
    _own("2fa/totp/activate", app.activate_totp, "mfa_activate_totp"),
    _own("2fa/totp/deactivate", app.deactivate_totp, "mfa_deactivate_totp"),
    _own("2fa/webauthn", key.list_webauthn, "mfa_list_webauthn"),
    _own("2fa/webauthn/add", key.add_webauthn, "mfa_add_webauthn"),
    _own(
        "2fa/webauthn/reauthenticate",
        key.reauthenticate_webauthn,
        "mfa_reauthenticate_webauthn",
    ),
    _own(f"{_KEY}/edit", key.edit_webauthn, "mfa_edit_webauthn"),
    _own(f"{_KEY}/remove", key.remove_webauthn, "mfa_remove_webauthn"),
    _own("2fa/recovery-codes", codes.view_recovery_codes, "mfa_view_recovery_codes"),
    _own(
        "2fa/recovery-codes/generate",
        codes.generate_recovery_codes,
        "mfa_generate_recovery_codes",
    ),
    _own(
        "2fa/recovery-codes/download",
        codes.download_recovery_codes,
        "mfa_download_recovery_codes",
    ),
]
