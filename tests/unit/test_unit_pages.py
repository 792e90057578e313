"""The unit's own affairs: its people, cover, and what it expects by when."""

from collections.abc import Callable
from datetime import date, timedelta

import pytest
from django.test import Client

from alongside.access.actor import Actor
from alongside.activities.models import Policy
from alongside.activities.policies import adopt_pack, change_policy, policies_on
from alongside.kernel.refusal import NotFound, Refused
from alongside.staff.models import Cover
from tests import cast
from tests.caseload.team import AT, TODAY, ago, young_person
from tests.html_tables import table_rows
from tests.today.test_today_page import text_of, words

Become = Callable[..., Actor]
Visit = Callable[[str], Client]


def adopted(become: Become, starts: date = TODAY) -> list[Policy]:
    """The probation set, taken by a supervisor."""
    by = become("supervisor")
    return adopt_pack(cast.unit(), "probation", by=by, at=AT, starts=starts)


def test_the_people_and_what_they_carry(become: Become, visit: Visit) -> None:
    young_person(become("amara"))
    content = visit("amara").get("/unit/").content.decode()
    rows = {row[0]: row for row in table_rows(content)}
    assert rows["Amara Okafor"][1] == "Officer"
    assert rows["Amara Okafor"][2].startswith("1 ")
    assert rows["Rosa Castellanos"][2] == "Nobody"
    assert "Tomas Ybarra" not in rows


def test_who_sets_units_up_chooses_one(visit: Visit) -> None:
    client = visit("administrator")
    assert "Field Services South" in text_of(client, "/unit/")
    assert "Amara Okafor" in text_of(client, f"/unit/?unit={cast.unit().ref}")


@pytest.mark.parametrize("path", ["/unit/", "/unit/cover/", "/unit/policies/"])
def test_partners_have_no_unit(visit: Visit, path: str) -> None:
    assert visit("advocate").get(path).status_code == 403


def _cover(**fields: object) -> dict[str, object]:
    return {
        "away": str(cast.user("amara").ref),
        "covering": str(cast.user("colleague").ref),
        "first_day": TODAY.isoformat(),
        "last_day": (TODAY + timedelta(days=2)).isoformat(),
        **fields,
    }


def test_cover_is_set_and_ended(visit: Visit) -> None:
    client = visit("colleague")
    assert client.post("/unit/cover/", _cover()).status_code == 303
    cover = Cover.objects.get()
    assert "Rosa Castellanos for Amara Okafor" in text_of(client, "/unit/cover/")
    client.post(f"/unit/cover/{cover.ref}/end/")
    assert not Cover.objects.exists()


def test_cover_that_cannot_be_says_why(visit: Visit) -> None:
    same = _cover(covering=str(cast.user("amara").ref))
    answer = visit("amara").post("/unit/cover/", same)
    assert answer.status_code == 422
    assert "Somebody else stands in for Amara Okafor." in words(answer.content)


def test_whoever_sets_cover_second_reads_who_was_first(visit: Visit) -> None:
    visit("supervisor").post("/unit/cover/", _cover())
    answer = visit("amara").post("/unit/cover/", _cover(note="My leave."))
    assert answer.status_code == 422
    page = words(answer.content)
    assert "Nov 19, 2026 through Nov 21, 2026, set by Carol Bautista." in page
    assert "My leave." in page


def test_nobody_from_elsewhere_can_be_chosen(visit: Visit) -> None:
    other = _cover(covering=str(cast.user("outsider").ref))
    assert visit("amara").post("/unit/cover/", other).status_code == 422


def test_another_unit_cannot_end_cover(visit: Visit) -> None:
    visit("amara").post("/unit/cover/", _cover())
    cover = Cover.objects.get()
    answer = visit("outsider").post(f"/unit/cover/{cover.ref}/end/")
    assert answer.status_code == 404


def test_a_set_is_taken_once(become: Become) -> None:
    assert len(adopted(become)) == 9
    assert adopted(become) == []


def test_a_change_keeps_what_held_before(become: Become) -> None:
    adopted(become, ago(100))
    by = become("supervisor")
    review = Policy.objects.get(code="mdt_90_day")
    change_policy(review, by=by, at=AT, day=TODAY, days=60)
    held = {
        day: {one.code: one.days for one in policies_on(cast.unit().pk, day)}
        for day in (ago(1), TODAY)
    }
    assert held[ago(1)]["mdt_90_day"] == 90
    assert held[TODAY]["mdt_90_day"] == 60
    assert len(held[TODAY]) == 9


@pytest.mark.parametrize(
    ("who", "error"),
    [("amara", Refused), ("outsider", Refused), ("administrator", None)],
)
def test_who_may_take_a_set(
    become: Become, who: str, error: type[Exception] | None
) -> None:
    by = become(who)
    if error is None:
        assert adopt_pack(cast.unit(), "probation", by=by, at=AT, starts=TODAY)
        return
    with pytest.raises((error, NotFound)):
        adopt_pack(cast.unit(), "probation", by=by, at=AT, starts=TODAY)


def test_policies_are_taken_and_changed_on_their_page(visit: Visit) -> None:
    client = visit("supervisor")
    url = "/unit/policies/"
    assert "The unit expects nothing yet." in text_of(client, url)
    client.post(url, {"pack": "child_welfare", "starts": TODAY.isoformat()})
    assert "In-person visit 1 a calendar month." in text_of(client, url)
    client.post(
        f"{url}contact_monthly/",
        {
            "name": "In-person visit",
            "per_month": "2",
            "support_levels": ["full"],
            "day": TODAY.isoformat(),
        },
    )
    assert "In-person visit 2 a calendar month. For Full support." in text_of(
        client, url
    )
    client.post(f"{url}contact_monthly/", {"end": "1"})
    assert "In-person visit" not in text_of(client, url)


def test_a_policy_keeps_its_kind_of_rhythm(become: Become, visit: Visit) -> None:
    adopted(become)
    answer = visit("supervisor").post(
        "/unit/policies/mdt_90_day/", {"name": "Review", "day": TODAY.isoformat()}
    )
    assert answer.status_code == 422
    assert "Write how many days." in words(answer.content)


def test_an_officer_reads_policies_and_changes_none(
    become: Become, visit: Visit
) -> None:
    adopted(become)
    client = visit("amara")
    assert "Take a ready-made set" not in text_of(client, "/unit/policies/")
    assert client.get("/unit/policies/mdt_90_day/").status_code == 403
    answer = client.post(
        "/unit/policies/", {"pack": "probation", "starts": TODAY.isoformat()}
    )
    assert answer.status_code == 403
