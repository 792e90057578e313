"""A unit in the middle of its work, and every form one meets walking through it."""

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import Any
from urllib.parse import parse_qsl, urljoin, urlsplit

from django.test import Client
from django.urls import Resolver404, resolve

from alongside.access.actor import Actor
from alongside.access.models import Grant
from alongside.activities.actions import plan
from alongside.activities.policies import adopt_pack
from alongside.cases.actions import offer_hand_over, open_case
from alongside.cases.referral_decisions import decide
from alongside.exchange.actions import start_import
from alongside.forms.reading import latest_version
from alongside.meetings import actions as meetings
from alongside.people.actions import open_youth
from alongside.people.models import Youth
from alongside.referrals import actions as referrals
from alongside.referrals.assessing import FORM, keep_assessment, sign_assessment
from alongside.referrals.hand_off import send
from alongside.referrals.look_up import look_up
from alongside.referrals.models import Referral
from alongside.referrals.rules import Decision
from tests import cast
from tests.referrals.conftest import ANSWERS, NAMES, STAGES
from tests.text.controls import Form, forms_of
from tests.youth.lives import begin, live

Become = Callable[..., Actor]
Visit = Callable[[str], Client]

WHO = ("supervisor", "amara", "coordinator", "advocate", "outsider")
_START = ("/", "/today/", "/unit/", "/contact/", "/referrals/look-up/")
_CASELOAD = (
    "Last, First;DOB;PDJ #;DPO;Placement;Support lvl\n"
    "O’Neil, Zoë;6/31/2008;1O4419;R. Nobody;JH / home?;full\n"
    "Kaur, Simran;5/5/2010;104421;Rosa Castellanos;home;sec\n"
)
BORN: dict[str, Any] = {"birth_date": date(2010, 7, 3), "birth_precision": "day"}
_LEADS_OUT = ("/exit/", "/lock/", "/account/", "/static/", "/ui/")
_FILE = re.compile(r"/(paper|sheet|export|own|minutes)/$|^/document/")
ANY = re.compile(r"[0-9a-f]{8}-[0-9a-f-]{27}|[0-9a-f]{12,}|\d+")


@dataclass(frozen=True)
class Met:
    """A form, on which page, and who meets it."""

    who: str
    page: str
    form: Form

    @property
    def is_search(self) -> bool:
        """Whether what is typed is looked for, and kept nowhere."""
        return "q" in [one.name for one in self.form.texts()]

    @property
    def place(self) -> str:
        """Where it leads, by name, and the kind of record it is about."""
        found = resolve(urlsplit(self.form.action).path)
        slugs = [str(v) for k, v in found.kwargs.items() if k == "name"]
        return " ".join([found.url_name or "", *slugs])

    @property
    def name(self) -> str:
        """The same, with its controls: two with one name are one form."""
        names = sorted({ANY.sub("…", one.name) for one in self.form.texts()})
        return f"{self.place}: {', '.join(names)}"


def furnish(become: Become, at: datetime) -> Youth:
    """Young people, a session, referrals at every stage, and what waits for answers."""
    by = become("supervisor")
    adopt_pack(cast.unit(), "probation", by=by, at=at, starts=date(2020, 1, 1))
    amara = become("amara")
    youth = begin(cast.user("amara"), by=amara, at=at)
    live(youth, by=amara, at=at)
    other = _second_youth(amara, at)
    by = become("coordinator")
    day = at.astimezone(by.zone).date()
    for days in (0, 7):
        starts = at + timedelta(days=days, hours=1)
        session = meetings.plan_meeting(
            by=by,
            at=at,
            day=day + timedelta(days=days),
            starts_at=starts,
            ends_at=starts + timedelta(hours=2),
            place="Room B",
            capacity=10,
        )
        if not days:
            meetings.invite(
                cast.agency(), by=by, at=at, starts=day, email="a@b.example"
            )
            meetings.book(youth, "mdt_ongoing", session, by=by, at=at)
    start_import([("caseload.csv", _CASELOAD.encode())], by=by, at=at)
    for stage in STAGES:
        _refer(stage, become("assessor"), at)
    _ask_across(become, at)
    by = become("supervisor")
    theirs = {"from_day": day, "reason": "She knows him from school."}
    offer_hand_over([other], cast.user("supervisor"), by=by, at=at, **theirs)  # type: ignore[arg-type]
    return youth


def _second_youth(by: Actor, at: datetime) -> Youth:
    youth = open_youth(
        by=by, at=at, because=Grant.Because.ENROLMENT, given_name="Imani"
    )
    day, amara = at.date() - timedelta(days=90), cast.user("amara")
    open_case(youth, by=by, at=at, day=day, level="full", officer=amara)
    before = at - timedelta(hours=1)
    plan(
        youth,
        "school_meeting",
        by=by,
        at=at,
        day=at.date(),
        starts_at=before,
        officer=amara,
    )
    return youth


def _refer(stage: str, by: Actor, at: datetime) -> Referral:
    referral = referrals.start(by=by, at=at, names=NAMES, route="hotline")
    reached = STAGES.index(stage)
    if reached >= STAGES.index("received"):
        referrals.receive(referral, by=by, at=at)
    version = latest_version(FORM, by.unit_id)
    if reached >= STAGES.index("assessed"):
        recommended = {"recommendation": Decision.FULL, "note": "with an officer"}
        sign_assessment(referral, version, ANSWERS, by=by, at=at, **recommended)  # type: ignore[arg-type]
    if stage in ("received", "assessed"):  # and somebody goes on with it
        keep_assessment(referral, version, 0, ANSWERS, by=by, at=at)
    if reached >= STAGES.index("decided"):
        decide(referral, Decision.ADVOCACY, by=by, at=at, note="The team agrees.")
    if reached >= STAGES.index("sent"):
        chosen: dict[str, Any] = {"because": Grant.Because.CHOICE, "source": "Nov 19"}
        until = at + timedelta(days=90)
        send(referral, cast.agency(), by=by, at=at, until=until, note="", **chosen)
    return referral


def _ask_across(become: Become, at: datetime) -> None:
    """The other unit asks about somebody whom this one may know."""
    by = become("outsider")
    names = {"given_name": "Joaquín", "family_name": "Ramos", **BORN}
    referral = referrals.start(by=by, at=at, names=names, route="hotline")
    referrals.receive(referral, by=by, at=at)
    look_up(referral, by=by, at=at)


def forms_met(visit: Visit, youth: Youth) -> dict[str, Met]:
    """Every form with something to type in, found by following links as anyone."""
    met: dict[str, Met] = {}
    for found in _walk(visit, youth, WHO):
        if found.form.texts():
            met.setdefault(f"{found.form.method} {found.name}", found)
    return met


def every_form(visit: Visit, youth: Youth, who: Iterable[str]) -> list[Met]:
    """Every form these people meet; two of one place with the same controls are one."""
    met: dict[tuple[Any, ...], Met] = {}
    for found in _walk(visit, youth, who):
        names = {ANY.sub("…", one.name) for one in found.form.controls}
        met.setdefault((found.form.method, found.place, *sorted(names)), found)
    return list(met.values())


def _walk(visit: Visit, youth: Youth, who: Iterable[str]) -> Iterator[Met]:
    start = [*_START, f"/youth/{youth.ref}/emergency/"]
    for number, one in enumerate(who):
        for page, text in _pages(visit(one), start, often=1 if number else 2):
            for form in forms_of(text, page):
                if not form.action.startswith(_LEADS_OUT):
                    yield Met(one, page, form)


def _pages(
    client: Client, start: list[str], *, often: int
) -> Iterator[tuple[str, str]]:
    """Pages that answer, each kind of address so often."""
    waiting = [*start]
    seen: dict[tuple[Any, ...], int] = {}
    done: set[str] = set()
    while waiting:
        address = waiting.pop(0)
        kind = _kind(address)
        if address in done or kind is None or seen.get(kind, 0) >= often:
            continue
        done.add(address)
        seen[kind] = seen.get(kind, 0) + 1
        answer = client.get(address, follow=True)
        if "html" not in answer.headers.get("Content-Type", ""):
            continue
        text = answer.content.decode()
        if answer.redirect_chain:
            address = urljoin(address, answer.redirect_chain[-1][0])
        yield address, text
        for link in re.findall(r'(?:href|hx-get)="([^"#]*)', text):
            waiting.append(urljoin(address, link.replace("&amp;", "&")))


def _kind(address: str) -> tuple[Any, ...] | None:
    parts = urlsplit(address)
    if parts.path.startswith(_LEADS_OUT) or parts.netloc or _FILE.search(parts.path):
        return None
    try:
        found = resolve(parts.path)
    except Resolver404:
        return None
    slugs = [v for v in found.kwargs.values() if isinstance(v, str)]
    return (found.url_name, *slugs, *sorted(key for key, _ in parse_qsl(parts.query)))


def again(met: Met, page: str) -> Form | None:
    """The same form as a page shows it after it was sent."""
    for form in forms_of(page, met.form.action):
        if replace(met, form=form).name == met.name:
            return form
    return None
