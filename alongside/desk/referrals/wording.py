"""How pages speak of a referral: where it came from, what it lacks, how it stands."""

from datetime import date

from alongside.access.request import Request
from alongside.forms.vocabulary import Vocabulary
from alongside.people.models import Youth
from alongside.referrals.actions import is_named
from alongside.referrals.models import Referral


def came_from(referral: Referral, words: Vocabulary) -> str:
    """ "Hotline, from Northgate High School"; neutral whoever reads it."""
    route = words.name("referral_route", referral.route) if referral.route else ""
    who = referral.from_organization or referral.from_name
    if not who and referral.source and referral.source != referral.route:
        who = words.name("referral_route", referral.source).lower()
    if not route:
        return f"From {who}" if who else "Not yet known"
    if referral.route == "another_unit" and who:
        return f"{route}: {who}"
    return f"{route}, from {who}" if who else route


def lacks(referral: Referral) -> str:
    """What a draft has not got yet, in a line."""
    youth = referral.youth
    missing = [
        words
        for words, there in (
            ("a name", is_named(youth)),
            ("a birth date", youth.birth_date is not None),
            ("which way it came", bool(referral.route)),
            ("when it was received", referral.received_at is not None),
        )
        if not there
    ]
    if not missing:
        return "Ready to be taken in"
    said = ", ".join(missing[:-1])
    return f"Lacks {said} and {missing[-1]}" if said else f"Lacks {missing[0]}"


def about(youth: Youth, today: date) -> str:
    """Age and pronouns: "15, she/her", "about 15"."""
    age = youth.age(today)
    if age is None:
        return youth.pronouns
    said = str(age) if youth.birth_precision == "day" else f"about {age}"
    return ", ".join(filter(None, (said, youth.pronouns)))


def today_of(request: Request) -> date:
    """The unit's calendar day of a request."""
    return request.at.astimezone(request.actor.zone).date()
