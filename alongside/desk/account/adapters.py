"""How the sign-in library is bent to this application."""

from base64 import urlsafe_b64encode

from allauth.account.adapter import DefaultAccountAdapter
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from cryptography.fernet import Fernet
from django.http import HttpRequest
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext

from alongside.access.models import User


class Adapter(DefaultAccountAdapter):  # type: ignore[misc]  # publishes no types
    """Accounts are made by an administrator, never by signing up."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Nobody signs up."""
        return False


class SecondStep(DefaultMFAAdapter):  # type: ignore[misc]  # publishes no types
    """Secrets of the second step are encrypted with the application's key."""

    def encrypt(self, text: str) -> str:
        """What is kept in the database."""
        return _cipher().encrypt(text.encode()).decode()

    def decrypt(self, encrypted_text: str) -> str:
        """What the check needs."""
        return _cipher().decrypt(encrypted_text.encode()).decode()

    def generate_authenticator_name(self, user: User, kind: str) -> str:
        """What a new key is called until its owner says something better."""
        count = Authenticator.objects.filter(user_id=user.pk, type=kind).count()
        return gettext("Key %(number)d") % {"number": count + 1}


def _cipher() -> Fernet:
    key = salted_hmac("alongside.second-step", "", algorithm="sha256").digest()
    return Fernet(urlsafe_b64encode(key))
