"""Invented people and forms for the component sheet, in every state a part can have."""

from datetime import UTC, date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from django import forms
from django.core.paginator import Paginator

from alongside.web.templatetags.web import ICONS

TODAY = date(2026, 11, 19)
NOW = datetime(2026, 11, 19, 17, 48, tzinfo=UTC)
ZONE = ZoneInfo("America/Los_Angeles")
HERE = "/ui/"

SHAPES_SHOWN: Any = [
    ("was", "Was due Nov 12", "past its date"),
    ("today", "Due today", "today or tomorrow"),
    ("soon", "Due Mon, Nov 23", "within 14 days"),
    ("later", "Jan 27, 2027", "later"),
    ("booked", "Booked Nov 24", "has a day"),
    ("done", "Done Nov 6", "held, finished"),
    ("partly", "2 of 4 steps done", "under way"),
    ("missed", "Did not happen", "say why beside it"),
    ("cancelled", "Canceled", "by whom, beside it"),
    ("waiting", "Waiting for Harbor Light", "with somebody else"),
    ("draft", "Draft", "not yet sent"),
    ("ended", "Ended Dec 18", "a fact or sharing"),
    ("unknown", "Not known", "asked, no answer yet"),
    ("new", "New", "since you last looked"),
    ("cover", "Covering for Marcus Lee", "for a colleague"),
    ("goal", "Goal reached", "a goal or step"),
    ("fact", "Moved to Eastfield", "a fact changed"),
    ("shared", "Sees the everyday record", "shared with somebody"),
    ("notshared", "Does not see it", "not shared with them"),
]

DUES: Any = [
    {
        "kind": "was",
        "words": "Was due",
        "day": date(2026, 11, 12),
        "who": "Amari Washington",
        "who_url": HERE,
        "what": "90-day review",
        "why": "Last MDT was Aug 14, 97 days ago.",
        "act": "Book Nov 24",
        "act_url": HERE,
    },
    {
        "kind": "soon",
        "words": "Due",
        "day": date(2026, 11, 23),
        "who": "Imani Lewis",
        "who_url": HERE,
        "what": "safety plan",
        "why": "Referral received Mon, Nov 9; a first plan within 14 days.",
        "covering": "Marcus Lee",
        "act": "Start the plan",
        "act_url": HERE,
    },
    {
        "kind": "done",
        "words": "Done today",
        "who": "Briana Smith",
        "what": "in-person contact",
        "why": "3 of 4 this month. It leaves the list tomorrow.",
    },
]

JOB: Any = {
    "id": "example",
    "words": "Writing 61 rows to a spreadsheet",
    "step": 2,
    "steps": 3,
    "done": 38,
    "total": 61,
    "unit": "rows",
    "about": "about 4 seconds more",
    "stop_url": HERE,
}

THAO: Any = {
    "name": "Thảo Nguyễn",
    "pronouns": "she/her",
    "age": 17,
    "lines": [
        "Full support",
        "Staying at Camp Alder",
        "Officer: Sam Kowalczyk",
    ],
}

QUINO: Any = {
    "name": "Joaquín Ramos",
    "called": "Quino",
    "pronouns": "he/him",
    "age": 16,
    "lines": [
        "Staying with the Delgado family, Eastfield",
        "You see the everyday record, by Quino’s choice, until Dec 19, 2026",
    ],
}

VERSIONS: Any = [
    {
        "name": "what",
        "label": "What to do",
        "theirs": "Put first and third Saturdays in writing for both homes",
        "ours": "Put every other Saturday in writing for both homes",
    }
]

CHANGES: Any = [
    {
        "at": NOW,
        "who": "Rosa Castellanos",
        "what": "changed the step “Monthly bus pass”",
        "fields": [("By", "Nov 25", "Nov 30")],
    },
    {
        "at": datetime(2026, 11, 6, 22, 15, tzinfo=UTC),
        "who": "Marcus Lee",
        "what": "marked the goal “Get my own ID and keep it.” as reached",
    },
]


class ContactForm(forms.Form):
    """One field of every kind."""

    day = forms.DateField(label="Day")
    time = forms.TimeField(label="Time", required=False)
    how = forms.ChoiceField(
        label="How",
        choices=[("visit", "In person"), ("call", "Call"), ("text", "Text")],
        widget=forms.RadioSelect,
    )
    who = forms.MultipleChoiceField(
        label="With",
        choices=[("self", "Quino"), ("aunt", "His aunt"), ("school", "School")],
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    place = forms.ChoiceField(
        label="Where", choices=[("", "Choose"), ("home", "Home"), ("school", "School")]
    )
    note = forms.CharField(
        label="Note",
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="He may ask to read it.",
        required=False,
    )
    paper = forms.FileField(label="A paper", required=False)
    agreed = forms.BooleanField(label="He agreed to be called again")

    def clean(self) -> dict[str, Any]:
        """The day is checked where the sentence can name today."""
        cleaned = super().clean() or {}
        if (day := cleaned.get("day")) and day > TODAY:
            self.add_error("day", "The contact cannot be after today, Nov 19.")
        return cleaned


# States of the whole page rather than of one part: /ui/?state=kept-draft
STATES: dict[str, dict[str, Any]] = {
    "kept-draft": {"draft": {"fields": {"note": ["Half a line"], "how": ["call"]}}},
    "quick-lock": {"lock_after": 3},
}


def example_sheet(state: str = "") -> dict[str, Any]:
    """Everything the sheet shows, with the clock stopped on one Thursday."""
    parts = [_shell(), _lists(), _people(), _forms(), STATES.get(state, {})]
    return {name: value for part in parts for name, value in part.items()}


def _shell() -> dict[str, Any]:
    sections = [
        ("Today", "calendar-today"),
        ("Referrals", "send"),
        ("MDT", "groups"),
        ("Caseload", "list"),
        ("Unit", "settings"),
    ]
    return {
        "today": TODAY,
        "now": NOW,
        "zone": ZONE,
        "sections": [
            {"name": name, "icon": icon, "url": HERE, "current": name == "Unit"}
            for name, icon in sections
        ],
        "me": {
            "name": "Rosa Castellanos",
            "line": "Case-carrying officer, Bridge Unit",
            "links": [{"name": "My settings", "url": HERE}],
        },
        "place": "Bridge Unit, Larkspur County Probation",
        "find_url": HERE,
        "demo": True,
        "draft_url": HERE,
        "lock_url": HERE,
        "sign_out_url": HERE,
        "draft": None,
    }


def _lists() -> dict[str, Any]:
    return {
        "shapes": SHAPES_SHOWN,
        "icons": ICONS,
        "dues": DUES,
        "pages": Paginator(range(300), 16).page(4),
        "sort": "-last_mdt",
        "tabs": [
            {"name": "Mine", "url": HERE, "current": True, "count": 4},
            {"name": "The unit", "url": HERE},
        ],
        "saved": [
            {"name": "Due this week", "url": HERE, "current": True, "count": 9},
            {"name": "Away", "url": HERE, "count": 0},
        ],
        "chips": [
            {"name": "All", "url": HERE, "current": True},
            {"name": "Contacts", "url": HERE},
        ],
        "steps": ["File", "Headings", "Dry run", "Bring in"],
        "job": JOB,
    }


def _people() -> dict[str, Any]:
    return {
        "person_example": THAO,
        "shared_example": QUINO,
        "record_sections": [
            {"name": "Summary", "url": HERE, "current": True},
            {"name": "Timeline", "url": HERE},
            {"name": "Plan", "url": HERE},
        ],
        "facts": [
            ("Staying", "Delgado family, resource home"),
            ("Court", "Dept. 12, next Jan 12, 2027"),
            ("Child welfare", None),
        ],
        "dates": {
            "last": date(2026, 8, 14),
            "words": date(2026, 11, 10),
            "season": date(2025, 7, 1),
            "at": NOW,
        },
        "versions": VERSIONS,
        "changes": CHANGES,
    }


def _forms() -> dict[str, Any]:
    wrong = ContactForm({"day": "2026-11-29", "how": "letter"}, auto_id="wrong_%s")
    return {
        "blank": ContactForm(initial={"day": TODAY}, auto_id="blank_%s"),
        "second": ContactForm(auto_id="second_%s", prefix="second"),
        "wrong": wrong,
        "refusal": "Two goals are still open. End or hand on the goals first.",
    }
