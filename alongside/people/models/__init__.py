"""Young people, the people around them, and facts about them."""

from alongside.people.models.facts import (
    Fact,
    FactQuerySet,
    Schooling,
    Stay,
    period_constraints,
)
from alongside.people.models.youth import (
    PRECISIONS,
    AboutYouth,
    Document,
    Identifier,
    OtherName,
    OwnWords,
    Person,
    Youth,
)

__all__ = [
    "PRECISIONS",
    "AboutYouth",
    "Document",
    "Fact",
    "FactQuerySet",
    "Identifier",
    "OtherName",
    "OwnWords",
    "Person",
    "Schooling",
    "Stay",
    "Youth",
    "period_constraints",
]
