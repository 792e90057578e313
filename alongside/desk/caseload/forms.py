"""The filter bar of the caseload; its choices are what is there to be found."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django import forms
from django.http import QueryDict

from alongside.access.actor import Actor
from alongside.cases.caseload import Row, officers_of
from alongside.cases.filters import GROUPS, MINE, NOBODY, TOWN
from alongside.forms.vocabulary import Vocabulary

_CONTACT = [
    ("", "Any time"),
    ("7", "Not in 7 days"),
    ("14", "Not in 14 days"),
    ("30", "Not in 30 days"),
]


_MORE = {"legal", "contact", "turning"}


class FilterForm(forms.Form):
    """What the list is narrowed to, read from the address."""

    q = forms.CharField(label="Name or number", required=False, max_length=100)
    officer = forms.ChoiceField(label="Officer", required=False)
    support = forms.ChoiceField(label="Support", required=False)
    where = forms.ChoiceField(label="Where staying", required=False)
    court = forms.ChoiceField(label="Court", required=False)
    legal = forms.ChoiceField(label="Legal status", required=False)
    contact = forms.ChoiceField(label="Last contact", required=False, choices=_CONTACT)
    turning = forms.IntegerField(
        label="Turning this school year", required=False, min_value=1, max_value=99
    )
    as_of = forms.DateField(
        label="As of", required=False, widget=forms.DateInput(format="%Y-%m-%d")
    )
    sort = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(
        self,
        given: QueryDict,
        *,
        search: str,
        rows: Iterable[Row],
        words: Vocabulary,
        actor: Actor,
        day: date,
    ) -> None:
        values = given.copy()
        values["q"] = search
        if "as_of" not in values:
            values["as_of"] = day.isoformat()
        super().__init__(values, auto_id="f_%s")
        rows = list(rows)
        self.fields["q"].widget.attrs["autocomplete"] = "off"
        choices = {
            "officer": _officers(rows, actor),
            "support": [("", "Any"), *_supports(words)],
            "where": _where(rows, words),
            "court": [("", "Any"), *_there(rows, "court_code", "court")],
            "legal": [("", "Any"), *_there(rows, "legal_code", "legal")],
        }
        for name, offered in choices.items():
            self._offer(name, offered)
        if actor.unit_id is None:
            for name in ("court", "legal", "officer"):
                del self.fields[name]

    def usual(self) -> list[forms.BoundField]:
        """The fields that always show."""
        return [field for field in self.visible_fields() if field.name not in _MORE]

    def more(self) -> list[forms.BoundField]:
        """The fields behind "More"."""
        return [field for field in self.visible_fields() if field.name in _MORE]

    def asks_more(self) -> bool:
        """Whether one of those is set, and so is shown."""
        return any(field.value() for field in self.more())

    def _offer(self, name: str, choices: list[Any]) -> None:
        field: Any = self.fields[name]
        known = {str(value) for value, _name in _flat(choices)}
        asked = self.data.get(name, "")
        if asked and asked not in known:  # it stays in the address, so it is shown
            choices = [*choices, (asked, asked.removeprefix(TOWN))]
        field.choices = choices


def _flat(choices: list[Any]) -> Iterable[tuple[str, Any]]:
    for value, name in choices:
        if isinstance(name, list):
            yield from name
        else:
            yield value, name


def _officers(rows: list[Row], actor: Actor) -> list[Any]:
    named = [(str(ref), name) for ref, name in officers_of(rows)]
    return [
        ("", "Everyone"),
        (MINE, "Mine and covering"),
        *named,
        (NOBODY, "No officer"),
    ]


def _supports(words: Vocabulary) -> list[tuple[str, str]]:
    return [
        (code, name.removesuffix(" support"))
        for code, name in words.choices("support_level")
    ]


def _where(rows: list[Row], words: Vocabulary) -> list[Any]:
    groups = [(code, name) for code, (name, _kinds) in GROUPS.items()]
    towns = sorted({row.town for row in rows if row.town}, key=str.casefold)
    offered: list[Any] = [("", "Anywhere"), *groups, *words.choices("stay_kind")]
    if towns:
        offered.append(("Town", [(f"{TOWN}{town}", town) for town in towns]))
    return offered


def _there(rows: list[Row], code: str, name: str) -> list[tuple[str, str]]:
    found = {getattr(row, code): getattr(row, name) for row in rows}
    return sorted(
        ((key, said) for key, said in found.items() if key), key=lambda pair: pair[1]
    )


class SaveFilterForm(forms.Form):
    """A name for the filter that is in the address."""

    name = forms.CharField(label="Name of this filter", max_length=80)
