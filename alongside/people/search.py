"""Finding young people by name or number among those one may see."""

from datetime import date

from django.db.models import BooleanField, QuerySet
from django.db.models.expressions import RawSQL

from alongside.kernel.names import fold
from alongside.people.likeness import Known, Likeness, likeness
from alongside.people.models import Identifier, OtherName, Youth

_WORDS = 8
_LETTERS = 60

# Lexemes are made from the folded words themselves: the parser of a text search would
# take numbers and other scripts apart. Row security comes first, and no index can serve
# before it, so this runs over a unit's own young people.
_MATCHES = (
    "array_to_tsvector(string_to_array(people_youth.search_text, ' ')) @@ %s::tsquery"
)


def matching(text: str) -> QuerySet[Youth]:
    """Whoever has, for each word of the text, a name or number that begins with it."""
    words = [word[:_LETTERS] for word in fold(text[:400]).split()[:_WORDS]]
    if not words:
        return Youth.objects.none()
    # A folded word holds letters and digits alone, so quoting it is enough.
    query = " & ".join(f"'{word}':*" for word in words)
    fits = RawSQL(_MATCHES, [query], BooleanField())  # noqa: S611 (a constant)
    return Youth.objects.filter(fits)


def find_youth(text: str, *, limit: int) -> list[Youth]:
    """The first of them by family name."""
    return list(matching(text).order_by("sort_key", "pk")[:limit])


def could_be(
    asked: Known, *, limit: int, least: int = 55, without: int | None = None
) -> list[tuple[Youth, Likeness]]:
    """Young people one may see who could be the one asked about, the likest first.

    Three queries, whatever their number. Nobody is ever merged by it: a person decides.
    """
    names: dict[int, list[str]] = {}
    numbers: dict[int, set[tuple[str, str]]] = {}
    for youth_id, text in OtherName.objects.values_list("youth_id", "text"):
        names.setdefault(youth_id, []).append(text)
    for youth_id, kind, value in Identifier.objects.values_list(
        "youth_id", "kind", "value"
    ):
        numbers.setdefault(youth_id, set()).add((kind, value))
    found = [
        (youth, like)
        for youth in Youth.objects.exclude(pk=without or 0)
        if (
            like := likeness(
                asked, known(youth, names.get(youth.pk, ()), numbers.get(youth.pk, ()))
            )
        ).score
        >= least
    ]
    found.sort(key=lambda pair: (-pair[1].score, pair[0].sort_key))
    return found[:limit]


def known(
    youth: Youth,
    other_names: "list[str] | tuple[str, ...]" = (),
    numbers: "set[tuple[str, str]] | tuple[tuple[str, str], ...]" = (),
) -> Known:
    """What a record says of who somebody is."""
    said = [youth.called, youth.court_name, *other_names]
    return Known(
        given=youth.given_name,
        family=youth.family_name,
        others=tuple(filter(None, said)),
        birth_date=birth_day(youth),
        numbers=frozenset(numbers),
        phone=youth.phone,
    )


def birth_day(youth: Youth) -> date | None:
    """The birth date, if its day is known."""
    return youth.birth_date if youth.birth_precision == "day" else None
