"""A measure of the catalogue: its title and its direction come from there."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import partial
from typing import Any

from alongside.measures.assure import Case, case
from alongside.measures.catalogue_rows import CATALOGUE
from alongside.measures.definition import (
    Better,
    Compute,
    Measure,
    Summary,
    Unit,
)

Example = Callable[[str], Case]


def example(says: str, *, expect: tuple[float, float], **rows: Any) -> Example:
    """A worked example, before it is known of which measure."""
    return partial(_example, says=says, expect=expect, **rows)


def _example(id_: str, *, says: str, expect: tuple[float, float], **rows: Any) -> Case:
    return case(id_, says, expect=expect, **rows)


def indicator(
    id_: str,
    *,
    question: str,
    why: str,
    numerator: str,
    denominator: str,
    unit: Unit,
    needs: Sequence[str],
    compute: Compute,
    example: Example,
    title: str = "",
    unknown: str = "Nothing is counted as unknown.",
    cautions: Sequence[str] = (),
    better: Better | None = None,
    summary: Summary = Summary.RATIO,
    quantile: float = 0.5,
) -> Measure:
    """A measure of the catalogue, or a companion of one (“FD-5.changes”)."""
    row = CATALOGUE[id_.split(".")[0]]
    return Measure(
        id=id_,
        title=title or row.name,
        question=question,
        why=why,
        numerator=numerator,
        denominator=denominator,
        unit=unit,
        source=row.source_sentence,
        needs=("child", *needs),
        compute=compute,
        unknown=unknown,
        cautions=tuple(cautions),
        better=row.better if better is None else better,
        summary=summary,
        quantile=quantile,
        examples=(example(id_),),
    )


def also(measure: Measure, id_: str, *, title: str = "") -> Measure:
    """The same measure under another id of the catalogue."""
    row = CATALOGUE[id_.split(".")[0]]
    return replace(
        measure,
        id=id_,
        title=title or row.name,
        source=f"{row.source_sentence} The same as {measure.id}.",
        examples=tuple(replace(case, measure=id_) for case in measure.examples),
    )


def quartiles(measure: Measure) -> list[Measure]:
    """A median with the quartiles on either side of it."""
    names = {0.25: "lower_quartile", 0.75: "upper_quartile"}
    return [
        measure,
        *(
            replace(
                measure,
                id=f"{measure.id}.{name}",
                title=f"{measure.title}: {name.replace('_', ' ')}",
                quantile=share,
                examples=tuple(
                    replace(case, measure=f"{measure.id}.{name}")
                    for case in measure.examples
                ),
            )
            for share, name in names.items()
        ),
    ]
