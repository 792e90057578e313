"""The form of the minutes: made from what lies on the table, and read back."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from django import forms
from django.forms.boundfield import BoundField

from alongside.access.models import User
from alongside.desk.mdt.table import Seat, Table, goal_word
from alongside.meetings.actions import Present, Recommendation, Standing
from alongside.meetings.minutes import court_recommendations
from alongside.people.models import Person
from alongside.plans.models import STEP_STATUSES, ActionStep
from alongside.plans.rules import StepStatus

HOW = [("in_person", "Here"), ("phone", "By phone"), ("video", "By video")]
# In the order a team says them.
_STANDINGS = [
    *(pair for pair in STEP_STATUSES if pair[0] == StepStatus.DONE),
    *(pair for pair in STEP_STATUSES if pair[0] == StepStatus.PARTLY),
    *(pair for pair in STEP_STATUSES if pair[0] == StepStatus.OPEN),
    *(pair for pair in STEP_STATUSES if pair[0] == StepStatus.DROPPED),
]
_BLANK_STEPS = 3
_MORE_PEOPLE = 2
_YOUTH = "youth"
_HINTS = {"for_court": "court-hint", "next_review_on": "next-hint"}
_OF_STEP = ("text", "who", "due", "goal")


@dataclass(frozen=True, slots=True)
class Row:
    """Some fields that stand together, and what they are about."""

    about: Any
    fields: dict[str, BoundField]


class MinutesForm(forms.Form):
    """Everything said about one young person, in one form that saves at once."""

    own_words = forms.CharField(
        label="Words today",
        required=False,
        help_text="Read it back before you save.",
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    read_back = forms.BooleanField(label="Read back, and right", required=False)
    summary = forms.CharField(
        label="What was talked about",
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    for_court = forms.CharField(
        label="For the court", required=False, widget=forms.Textarea(attrs={"rows": 3})
    )
    next_review_on = forms.DateField(label="Next review", required=False)

    def __init__(self, *args: Any, table: Table, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.table = table
        self.doers = _doers(table)
        for name, hint in _HINTS.items():
            self.fields[name].widget.attrs["aria-describedby"] = hint
        self._add_seats()
        for step in table.steps:
            self._add_standing(step)
        for goal in table.goals:
            review = table.changes.get(goal.pk)
            self.fields[f"goal_{goal.ref}"] = _long("What changed", 2)
            self.initial[f"goal_{goal.ref}"] = review.change if review else ""
        self._add_recommendations()

    def _add_seats(self) -> None:
        for seat in self.table.seats:
            here = forms.BooleanField(label=seat.name, required=False)
            how = forms.ChoiceField(label=f"How {seat.name} joined", choices=HOW)
            how.required = False
            self.fields |= {f"here_{seat.key}": here, f"how_{seat.key}": how}
            self.initial[f"here_{seat.key}"] = seat.present
            self.initial[f"how_{seat.key}"] = seat.how
        for number in range(1, _MORE_PEOPLE + 1):
            for part, label in (("name", "Name"), ("agency", "From where")):
                self.fields[f"more_{part}_{number}"] = forms.CharField(
                    label=label, required=False, max_length=200
                )

    def _add_standing(self, step: ActionStep) -> None:
        self.fields[f"step_{step.ref}"] = forms.ChoiceField(
            label=step.text,
            choices=_STANDINGS,
            required=False,
            widget=forms.RadioSelect,
        )
        self.fields[f"step_note_{step.ref}"] = forms.CharField(
            label="Note", required=False, max_length=1_000
        )
        self.initial[f"step_{step.ref}"] = step.status
        self.initial[f"step_note_{step.ref}"] = step.status_note

    def _add_recommendations(self) -> None:
        goals = [("", "None")] + [
            (str(goal.ref), goal_word(goal)) for goal in self.table.goals
        ]
        who = [("", "Choose")] + [(key, doer[0]) for key, doer in self.doers.items()]
        keys: list[tuple[str, ActionStep | None]] = [
            (str(step.ref), step) for step in self.table.own
        ]
        keys += [(str(number), None) for number in range(1, _BLANK_STEPS + 1)]
        self.recommended = keys
        for key, step in keys:
            own = _who_of(step, self.doers) if step else ""
            choices = who if not own or own in self.doers else [*who, (own, own)]
            self.fields |= {
                f"rec_text_{key}": _long("Step", 1),
                f"rec_who_{key}": forms.ChoiceField(
                    label="Who", choices=choices, required=False
                ),
                f"rec_due_{key}": forms.DateField(label="By", required=False),
                f"rec_goal_{key}": forms.ChoiceField(
                    label="Goal", choices=goals, required=False
                ),
            }
            if step is not None:
                self.initial.update(
                    {
                        f"rec_text_{key}": step.text,
                        f"rec_who_{key}": own,
                        f"rec_due_{key}": step.due_on,
                        f"rec_goal_{key}": str(step.goal.ref) if step.goal else "",
                    }
                )

    def clean(self) -> dict[str, Any]:
        """A step names who does it; the next review comes after this one."""
        cleaned = super().clean() or {}
        for key, _ in self.recommended:
            text = cleaned.get(f"rec_text_{key}", "").strip()
            if text and not cleaned.get(f"rec_who_{key}"):
                self.add_error(
                    f"rec_who_{key}", "Choose who does this step, so that it gets done."
                )
        next_on, day = cleaned.get("next_review_on"), self.table.item.activity.day
        if next_on and next_on <= day:
            self.add_error(
                "next_review_on",
                "The next review comes after this one. Choose a later day.",
            )
        return cleaned

    # ---------- what the template draws ----------

    def seats(self) -> Iterator[Row]:
        """Who may be here."""
        for seat in self.table.seats:
            yield Row(seat, self._parts(here=f"here_{seat.key}", how=f"how_{seat.key}"))

    def more_people(self) -> Iterator[Row]:
        """Blanks for somebody nobody expected."""
        for number in range(1, _MORE_PEOPLE + 1):
            names = {"name": f"more_name_{number}", "agency": f"more_agency_{number}"}
            yield Row(number, self._parts(**names))

    def standings(self) -> Iterator[Row]:
        """The steps of last time."""
        for step in self.table.steps:
            names = {"stands": f"step_{step.ref}", "note": f"step_note_{step.ref}"}
            yield Row(step, self._parts(**names))

    def goals(self) -> Iterator[Row]:
        """The open goals."""
        for goal in self.table.goals:
            yield Row(goal, self._parts(change=f"goal_{goal.ref}"))

    def recommendations(self) -> Iterator[Row]:
        """What is recommended, and blanks for more."""
        for key, step in self.recommended:
            names = {part: f"rec_{part}_{key}" for part in _OF_STEP}
            yield Row(step, self._parts(**names))

    def _parts(self, **names: str) -> dict[str, BoundField]:
        return {part: self[name] for part, name in names.items()}

    # ---------- what the action is given ----------

    def minutes(self) -> dict[str, Any]:
        """The arguments of ``save_item``."""
        given = self.cleaned_data
        return {
            **{name: given[name] for name in MinutesForm.base_fields},
            "attendance": list(self._attendance()),
            "standings": list(self._standings()),
            "changes": {
                goal: given[f"goal_{goal.ref}"].strip() for goal in self.table.goals
            },
            "recommendations": list(self._recommendations()),
        }

    def _attendance(self) -> Iterator[Present]:
        given = self.cleaned_data
        for seat in self.table.seats:
            yield _present(
                seat, given[f"here_{seat.key}"], given[f"how_{seat.key}"] or "in_person"
            )
        for number in range(1, _MORE_PEOPLE + 1):
            if name := given[f"more_name_{number}"].strip():
                yield Present(name, given[f"more_agency_{number}"].strip())

    def _standings(self) -> Iterator[Standing]:
        given = self.cleaned_data
        for step in self.table.steps:
            if status := given[f"step_{step.ref}"]:
                note = given[f"step_note_{step.ref}"]
                yield Standing(step, StepStatus(status), note)

    def _recommendations(self) -> Iterator[Recommendation]:
        given = self.cleaned_data
        goals = {str(goal.ref): goal for goal in self.table.goals}
        for key, step in self.recommended:
            text = given[f"rec_text_{key}"].strip()
            if not text:
                continue
            chosen = given[f"rec_who_{key}"]
            who, user, person = self.doers.get(chosen, (chosen, None, None))
            yield Recommendation(
                text,
                who,
                due_on=given[f"rec_due_{key}"],
                goal=goals.get(given[f"rec_goal_{key}"]),
                user=user,
                person=person,
                step=step,
            )


Doer = tuple[str, User | None, Person | None]


def _doers(table: Table) -> dict[str, Doer]:
    """Who may take a step: the young person, the unit, those around, the agencies."""
    youth = table.item.youth
    doers: dict[str, Doer] = {_YOUTH: (youth.called_name, None, None)}
    for user in table.team:
        doers[f"u{user.ref}"] = (user.name, user, None)
    for seat in table.seats:
        if seat.person is not None:
            named = ", ".join(filter(None, (seat.name, seat.agency)))
            doers[seat.key] = (named, None, seat.person)
        elif seat.key.startswith("a"):
            doers[seat.key] = (seat.name, None, None)
    return doers


def _who_of(step: ActionStep, doers: dict[str, Doer]) -> str:
    for key, (who, user, person) in doers.items():
        if who == step.who and (user or person) == (step.user or step.person):
            return key
    return step.who


def _present(seat: Seat, here: bool, how: str) -> Present:
    return Present(
        seat.name,
        seat.agency,
        present=here,
        how=how,
        person=seat.person,
        user=seat.user,
        is_youth=seat.is_youth,
    )


def _long(label: str, rows: int) -> forms.CharField:
    return forms.CharField(
        label=label, required=False, widget=forms.Textarea(attrs={"rows": rows})
    )


def written_initial(table: Table, suggested: date | None) -> dict[str, Any]:
    """What the item says now; before it was ever saved, the day that suits."""
    item = table.item
    return {
        "own_words": item.own_words,
        "read_back": item.read_back,
        "summary": item.summary,
        "for_court": court_recommendations([item]).get(item.pk, ""),
        "next_review_on": item.next_review_on
        or (suggested if item.saved_at is None else None),
    }
