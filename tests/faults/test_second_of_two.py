"""Of two who act at one instant the first is kept, and the second told who it was."""

from datetime import date, datetime, time, timedelta
from typing import Any

import pytest

from alongside.access.actor import Actor, acting_as
from alongside.access.apart import AT_ONCE
from alongside.access.models import Grant
from alongside.activities.models import Policy
from alongside.activities.policies import adopt_pack, change_policy
from alongside.cases.actions import (
    assign,
    close_case,
    offer_hand_over,
    open_case,
    set_support,
)
from alongside.cases.models import Assignment, Case, HandOver, Support
from alongside.exchange.actions import commit, rehearse, start_import
from alongside.exchange.models import ImportRun
from alongside.meetings import actions as meetings
from alongside.meetings.models import Invitation, Meeting
from alongside.people.actions import add_name, change_youth, end_fact, open_youth
from alongside.people.models import Youth
from alongside.referrals.actions import receive, start
from alongside.referrals.look_up import answer_notice, look_up
from alongside.referrals.models import LookUpNotice, Referral
from alongside.referrals.rules import NoticeAnswer
from alongside.staff.actions import end_cover, set_cover
from alongside.staff.models import Cover
from tests import cast
from tests.at_once import Act, second_of_two

pytestmark = [pytest.mark.slow, pytest.mark.django_db(transaction=True)]

TODAY = date(2026, 11, 19)
NOOR: dict[str, Any] = {
    "given_name": "Noor",
    "family_name": "Haidari",
    "birth_date": date(2011, 5, 2),
    "birth_precision": "day",
}


def supported(by: Actor, at: datetime) -> Youth:
    """Somebody the actor's unit supports."""
    youth = open_youth(by=by, at=at, because=Grant.Because.ENROLMENT, **NOOR)
    open_case(youth, by=by, at=at, day=TODAY - timedelta(days=90), level="full")
    return youth


@pytest.fixture
def noor(at: datetime) -> Youth:
    """Somebody the Bridge Unit supports."""
    with acting_as(cast.user("amara"), at) as by:
        return supported(by, at)


def test_of_two_hand_overs_the_first_waits_for_its_answer(
    noor: Youth, at: datetime
) -> None:
    def offer_to(key: str) -> Act:
        def offer(by: Actor) -> None:
            to = cast.user(key)
            offer_hand_over([noor], to, by=by, at=at, from_day=TODAY, reason="Leave.")

        return offer

    told = second_of_two(
        at, ("amara", offer_to("colleague")), ("supervisor", offer_to("coordinator"))
    )
    assert told == [
        "A hand-over of Noor Haidari waits for an answer already: Amara Okafor asked"
        " Rosa Castellanos on Nov 19, 2026. Nobody else was asked; once that one is"
        " answered, you can offer another."
    ]
    with acting_as(cast.user("amara"), at):
        (kept,) = HandOver.objects.all()
    assert kept.to_officer == cast.user("colleague")


def test_of_two_covers_of_somebody_the_first_stands(at: datetime) -> None:
    def cover_from(day: date) -> Act:
        away, covering = cast.user("amara"), cast.user("colleague")
        last = day + timedelta(days=3)
        return lambda by: set_cover(
            away, covering, by=by, at=at, first_day=day, last_day=last
        )

    told = second_of_two(
        at,
        ("supervisor", cover_from(TODAY)),
        ("coordinator", cover_from(TODAY + timedelta(days=3))),
    )
    assert told == [
        "Rosa Castellanos stands in for Amara Okafor on some of these days already:"
        " Nov 19, 2026 through Nov 22, 2026, set by Carol Bautista. End that cover"
        " first, or choose other days."
    ]
    with acting_as(cast.user("amara"), at) as by:
        assert Cover.objects.get().first_day == TODAY
        for later in (10, 14):
            cover_from(TODAY + timedelta(days=later))(by)
        assert Cover.objects.count() == 3


def test_of_two_answers_to_another_unit_the_first_holds(
    noor: Youth, at: datetime
) -> None:
    with acting_as(cast.user("outsider"), at) as by:
        referral = start(by=by, at=at, names=NOOR, route="hotline")
        receive(referral, by=by, at=at)
        look_up(referral, by=by, at=at)

    def say(what: NoticeAnswer) -> Act:
        return lambda by: answer_notice(LookUpNotice.objects.get(), what, by=by, at=at)

    told = second_of_two(
        at,
        ("colleague", say(NoticeAnswer.CONTACT_US)),
        ("assessor", say(NoticeAnswer.NOTHING_TO_ADD)),
    )
    assert told == [
        "Your unit has answered this one already: Rosa Castellanos said “Contact us” on"
        " Nov 19, 2026, and that holds. Nothing was changed."
    ]
    with acting_as(cast.user("amara"), at):
        assert LookUpNotice.objects.get().answer == NoticeAnswer.CONTACT_US


def test_of_two_openings_of_a_case_one_is_made(at: datetime) -> None:
    with acting_as(cast.user("amara"), at) as by:
        youth = open_youth(by=by, at=at, because=Grant.Because.ENROLMENT, **NOOR)

    def begin(by: Actor) -> None:
        open_case(youth, by=by, at=at, day=TODAY, level="full")

    assert second_of_two(at, ("amara", begin), ("colleague", begin)) == [AT_ONCE]
    with acting_as(cast.user("amara"), at):
        assert Case.objects.count() == 1


def test_of_two_changes_of_a_fact_one_is_made(noor: Youth, at: datetime) -> None:
    def now(level: str) -> Act:
        return lambda by: set_support(noor, level, by=by, at=at, day=TODAY)

    told = second_of_two(
        at, ("amara", now("secondary")), ("supervisor", now("tracking"))
    )
    assert told == [AT_ONCE]
    with acting_as(cast.user("amara"), at):
        levels = Support.objects.order_by("starts").values_list("level", flat=True)
        assert list(levels) == ["full", "secondary"]


def test_what_a_colleague_has_just_changed_is_not_ended(
    noor: Youth, at: datetime
) -> None:
    def change(by: Actor) -> None:
        set_support(noor, "tracking", by=by, at=at, day=TODAY - timedelta(days=9))

    def end(by: Actor) -> None:
        end_fact(Support.objects.as_of(TODAY).get(), TODAY, by=by, at=at)

    (told,) = second_of_two(at, ("amara", change), ("supervisor", end))
    assert "a colleague has changed this just now" in told
    with acting_as(cast.user("amara"), at):
        assert Support.objects.as_of(TODAY).get().level == "tracking"


def test_of_two_changes_of_officer_one_is_made(noor: Youth, at: datetime) -> None:
    def carry(key: str) -> Act:
        def change(by: Actor) -> None:
            assign(noor, cast.user(key), by=by, at=at, day=TODAY, reason="Near.")

        return change

    told = second_of_two(at, ("amara", carry("amara")), ("director", carry("director")))
    assert told == [AT_ONCE]
    with acting_as(cast.user("amara"), at):
        assert Assignment.objects.get().officer == cast.user("amara")


def test_what_a_colleague_closes_is_neither_closed_again_nor_given_to_anybody(
    noor: Youth, at: datetime
) -> None:
    def close(by: Actor) -> None:
        case = Case.objects.get()
        close_case(case, by=by, at=at, day=TODAY, reason="moved")

    def give(by: Actor) -> None:
        assign(noor, cast.user("amara"), by=by, at=at, day=TODAY, reason="Near.")

    (told,) = second_of_two(at, ("amara", close), ("supervisor", give))
    assert "the unit does not support this young person on that day" in told
    with acting_as(cast.user("amara"), at) as by:
        assert not Assignment.objects.exists()
        open_case(noor, by=by, at=at, day=TODAY, level="full")

    def close_this(by: Actor) -> None:
        case = Case.objects.get(closed_on=None)
        close_case(case, by=by, at=at, day=TODAY, reason="moved")

    (told,) = second_of_two(at, ("amara", close_this), ("supervisor", close_this))
    assert told == "This was closed on Nov 19, 2026 already. Nothing was changed."


def test_of_two_referrals_of_one_young_person_one_is_begun(
    noor: Youth, at: datetime
) -> None:
    def refer(by: Actor) -> None:
        start(by=by, at=at, youth=noor, route="hotline")

    (told,) = second_of_two(at, ("amara", refer), ("assessor", refer))
    assert "has a referral of this young person in hand" in told
    with acting_as(cast.user("amara"), at):
        assert Referral.objects.count() == 1


def test_two_names_added_at_once_are_both_found(noor: Youth, at: datetime) -> None:
    def call(text: str) -> Act:
        return lambda by: add_name(noor, text, by=by, at=at)

    def rename(by: Actor) -> None:
        change_youth(noor, noor.version, {"called": "Noory"}, by=by, at=at)

    assert second_of_two(at, ("amara", call("Nunu")), ("colleague", call("Light"))) == [
        "saved"
    ]
    assert second_of_two(at, ("amara", rename), ("colleague", call("Star"))) == [
        "saved"
    ]
    assert second_of_two(at, ("amara", call("Moon")), ("colleague", rename)) != []
    with acting_as(cast.user("amara"), at):
        found = set(Youth.objects.get().search_text.split())
    assert {"nunu", "light", "star", "moon", "noory", "haidari"} <= found


def test_of_two_changes_of_what_a_unit_expects_the_first_holds(at: datetime) -> None:
    with acting_as(cast.user("supervisor"), at) as by:
        acting: Any = {"by": by, "at": at}
        one = adopt_pack(cast.unit(), "probation", starts=TODAY, **acting)[0]

    def expect(days: int, later: int) -> Act:
        def change(by: Actor) -> None:
            policy = Policy.objects.get(pk=one.pk)
            day = TODAY + timedelta(days=later)
            change_policy(policy, by=by, at=at, day=day, name=f"{days} days")

        return change

    (told,) = second_of_two(
        at, ("supervisor", expect(30, 1)), ("director", expect(60, 5))
    )
    assert "a colleague has changed or ended this" in told
    names = Policy.objects.filter(code=one.code).order_by("starts")
    assert [each.name for each in names] == [one.name, "30 days"]


def test_two_who_take_a_set_of_policies_have_it_once(at: datetime) -> None:
    def take(later: int) -> Act:
        day = TODAY + timedelta(days=later)
        return lambda by: adopt_pack(cast.unit(), "probation", by=by, at=at, starts=day)

    assert second_of_two(at, ("supervisor", take(0)), ("director", take(3))) == [
        "saved"
    ]
    codes = list(Policy.objects.values_list("code", flat=True))
    assert len(codes) == len(set(codes)) > 3


def test_two_who_plan_the_same_weeks_plan_them_once(at: datetime) -> None:
    def plan(by: Actor) -> None:
        meetings.plan_weekly(
            by=by,
            at=at,
            first=TODAY,
            until=TODAY + timedelta(days=21),
            starts=time(9),
            ends=time(11),
            place="Room B",
            capacity=4,
        )

    def invite(by: Actor) -> None:
        meetings.invite(cast.agency(), by=by, at=at, starts=TODAY, email="a@b.example")

    both = ("coordinator", "supervisor")
    for act in (plan, invite):
        assert second_of_two(at, (both[0], act), (both[1], act)) == ["saved"]
    with acting_as(cast.user("coordinator"), at):
        assert Meeting.objects.count() == 4
        assert Invitation.objects.count() == 1


def test_a_cover_called_off_by_two_is_called_off(at: datetime) -> None:
    day = TODAY + timedelta(days=5)
    with acting_as(cast.user("supervisor"), at) as by:
        amara, rosa = cast.user("amara"), cast.user("colleague")
        cover = set_cover(amara, rosa, by=by, at=at, first_day=day, last_day=day)

    def call_off(by: Actor) -> None:
        end_cover(cover, by=by, at=at, last_day=TODAY)

    assert second_of_two(at, ("supervisor", call_off), ("amara", call_off)) == ["saved"]
    with acting_as(cast.user("amara"), at):
        assert not Cover.objects.exists()


def test_a_dry_run_that_took_long_does_not_undo_that_it_was_brought_in(
    at: datetime,
) -> None:
    content = (
        b"Last, First;DOB;PDJ #;DPO;Court;Placement;Support lvl\n"
        b"Ramos, Joaquin;3/9/2010;104418;Amara Okafor;D12;home;full\n"
    )
    with acting_as(cast.user("coordinator"), at) as by:
        run = start_import([("caseload.csv", content)], by=by, at=at, kept_to=TODAY)

    def bring_in(by: Actor) -> None:
        commit(ImportRun.objects.get(), by=by, at=at, ready_only=True)

    def look(by: Actor) -> None:
        rehearse(ImportRun.objects.get(), by=by)

    second_of_two(at, ("coordinator", bring_in), ("coordinator", look))
    with acting_as(cast.user("coordinator"), at):
        kept = ImportRun.objects.get(pk=run.pk)
    assert kept.state == ImportRun.State.COMMITTED
    assert kept.told["report"]
