"""Each table, asked directly as each member of the cast: what its guard promises."""

from collections.abc import Callable
from datetime import datetime
from uuid import uuid4

import pytest
from django.db import models

from alongside.access import actions, policies
from alongside.access.actor import Actor, set_actor
from alongside.access.guards import ByOwner, ByUnit, ByYouth
from alongside.access.models import Grant
from alongside.kernel.compartments import Compartment
from tests import cast
from tests.access.canaries import MADE_BY_FUNCTIONS, PARTS, Canaries, plant

RECORD, LEGAL = Compartment.RECORD, Compartment.LEGAL

# Who sees which parts of the planted youth; the advocate by a release for the record.
SEES: dict[str, set[Compartment]] = {
    "amara": {RECORD, LEGAL},
    "colleague": {RECORD, LEGAL},
    "coordinator": {RECORD, LEGAL},
    "supervisor": set(PARTS),
    "director": set(PARTS),
    "assessor": set(PARTS),
    "advocate": {RECORD},
    "outsider": set(),
    "evaluator": set(),
    "administrator": set(),
}

Become = Callable[[str], Actor]


@pytest.fixture
def planted(become: Become, at: datetime) -> Canaries:
    """A youth in every table, shared with the partner agency as far as a release."""
    canaries = plant(at, become)
    actions.share(
        canaries.youth.pk,
        cast.agency().holder,
        [RECORD],
        because=Grant.Because.RELEASE,
        source="Release",
        until=None,
        by=become("amara"),
    )
    return canaries


def _visible(model: type[models.Model], youth_id: int) -> set[Compartment]:
    guard = policies.guard_of(model)
    assert isinstance(guard, ByYouth)
    rows = model._default_manager.filter(**{guard.column: youth_id})
    if guard.compartment:
        return {guard.compartment} if rows.exists() else set()
    return {Compartment(part) for part in rows.values_list("compartment", flat=True)}


def _label(model: type[models.Model]) -> str:
    original: type[models.Model] = getattr(model, "pgh_tracked_model", model)
    return original._meta.label


@pytest.mark.parametrize("who", SEES)
def test_each_table_shows_what_the_grants_say(
    planted: Canaries, become: Become, who: str
) -> None:
    become(who)
    for model in policies.our_models():
        guard = policies.guard_of(model)
        if not isinstance(guard, ByYouth) or _label(model) in MADE_BY_FUNCTIONS:
            continue
        expected = {
            Compartment(guard.compartment or row.compartment)  # type: ignore[attr-defined]
            for row in planted.rows[_label(model)]
        }
        seen = _visible(model, planted.youth.pk)
        assert seen == expected & SEES[who], model._meta.label


def test_every_table_about_youth_has_a_planted_row(planted: Canaries) -> None:
    tables = {
        model._meta.label
        for model in policies.our_models()
        if isinstance(policies.guard_of(model), ByYouth)
        and not policies.is_history(model)
    }
    assert tables - MADE_BY_FUNCTIONS == set(planted.rows)


def test_with_no_actor_every_guarded_table_is_empty(
    planted: Canaries, at: datetime
) -> None:
    set_actor(None, at, uuid4())
    guarded = [
        model
        for model in policies.our_models()
        if isinstance(policies.guard_of(model), ByYouth | ByUnit | ByOwner)
    ]
    assert len(guarded) > 40
    for model in guarded:
        assert not model._default_manager.exists(), model._meta.label
