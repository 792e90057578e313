"""What ``manage check`` refuses, shown on models and settings that deserve it."""

from collections.abc import Callable
from typing import Any, ClassVar

import pytest
from django.db import models
from django.test import override_settings
from django.test.utils import isolate_apps

from alongside.access import checks
from alongside.access.door import requires
from alongside.access.guards import ByYouth, Guard, Reference
from alongside.access.permissions import Permission


def _problems(model: type[models.Model]) -> list[str]:
    return [str(problem.id) for problem in checks.guard_problems(model)]


@isolate_apps("alongside.people")
def test_a_table_with_a_youth_and_no_policy_is_refused() -> None:
    class Planted(models.Model):  # noqa: DJ008 (never shown)
        youth_id = models.BigIntegerField()

        class Meta:
            app_label = "people"

    assert _problems(Planted) == ["alongside.E001"]


@isolate_apps("alongside.people")
def test_a_table_with_a_youth_that_everybody_reads_is_refused() -> None:
    class Planted(models.Model):  # noqa: DJ008 (never shown)
        youth_id = models.BigIntegerField()
        guard: ClassVar[Guard] = Reference()

        class Meta:
            app_label = "people"

    assert _problems(Planted) == ["alongside.E002"]


@isolate_apps("alongside.people")
def test_a_part_for_each_row_needs_its_column() -> None:
    class Planted(models.Model):  # noqa: DJ008 (never shown)
        youth_id = models.BigIntegerField()
        guard: ClassVar[Guard] = ByYouth(None)

        class Meta:
            app_label = "people"

    assert _problems(Planted) == ["alongside.E004"]


@isolate_apps("alongside.people")
def test_a_table_that_points_at_a_youths_row_is_about_the_youth() -> None:
    class Planted(models.Model):  # noqa: DJ008 (never shown)
        stay = models.ForeignKey("people.Stay", models.CASCADE)
        guard: ClassVar[Guard] = Reference()

        class Meta:
            app_label = "people"

    from alongside.people.models import Stay

    stay: Any = Planted._meta.get_field("stay")
    stay.remote_field.model = Stay
    assert _problems(Planted) == ["alongside.E005"]


def test_every_table_of_ours_passes() -> None:
    assert checks.every_table_is_guarded(None) == []


def test_every_address_has_a_door() -> None:
    assert checks.every_address_has_a_door(None) == []


@pytest.mark.parametrize(
    ("chosen", "refused"),
    [
        ({"DEMO": True, "DEBUG": False, "ALLOWED_HOSTS": ["localhost"]}, ["E007"]),
        (
            {"DEMO": True, "DEBUG": True, "ALLOWED_HOSTS": ["unit.example.org"]},
            ["E008"],
        ),
        ({"DEMO": True, "DEBUG": True, "ALLOWED_HOSTS": ["localhost"]}, []),
        ({"DEMO": False, "DEBUG": False, "ALLOWED_HOSTS": ["unit.example.org"]}, []),
    ],
)
def test_the_demo_runs_on_this_machine_alone(
    chosen: dict[str, Any], refused: list[str]
) -> None:
    with override_settings(**chosen):
        found = [str(problem.id) for problem in checks.demo_is_only_here(None)]
    assert found == [f"alongside.{code}" for code in refused]


def test_a_view_that_states_a_permission_keeps_it_where_the_check_looks() -> None:
    @requires(Permission.TODAY_READ)
    def view(request: object) -> Any: ...

    door: Callable[..., Any] = view
    assert door.door is Permission.TODAY_READ  # type: ignore[attr-defined]
