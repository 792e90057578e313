"""Emails: no names, and one that is sent twice is seen to be the same."""

from django.core.mail import EmailMessage
from django.core.mail.utils import DNS_NAME


def letter(subject: str, body: str, *, to: str, mark: str) -> EmailMessage:
    """An email to one address; what is sent again bears the same ``mark``.

    A worker may be killed when a letter has left and nobody has noted it. It is then
    sent once more, and the mark is how mail programs know it for the one they have.
    """
    headers = {"Message-ID": f"<{mark}@{DNS_NAME}>"}
    return EmailMessage(subject, body, to=[to], headers=headers)
