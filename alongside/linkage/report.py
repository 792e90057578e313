"""What a linkage run tells: the model's weights, the thresholds, what to do next."""

from __future__ import annotations

import json
from collections.abc import Sequence
from html import escape
from pathlib import Path
from typing import Any

import altair as alt
import vl_convert

from alongside.linkage.link import Linkage
from alongside.linkage.thresholds import CAUTION, Threshold, suggested

BY_FREQUENCY = "A rare name adds more than a common one."
LEARNED = "The weights were learned from these files."
USUAL = (
    "<strong>These files hold too few sure pairs to learn from: the weights are the"
    " usual ones</strong>, and the expected precision and recall are a guess."
)
FOR, AGAINST = "#005ea2", "#b50909"
_WORDS = {
    "given": "Given name",
    "family": "Family name",
    "birth": "Date of birth",
    "gender": "Gender",
    "address": "Address",
    "postal_code": "Postal code",
    "county": "County or town",
    "shared_id": "Shared identifier",
}


def weights(linkage: Linkage) -> list[dict[str, Any]]:
    """What each answer of each comparison adds to, or takes from, a pair's weight."""
    chart = linkage.linker.visualisations.match_weights_chart()
    records = [r if isinstance(r, dict) else r.as_dict() for r in chart.chart_data]
    return [
        {
            "comparison": _WORDS[record["comparison_name"]],
            "level": record["label_for_charts"],
            "weight": round(record["log2_bayes_factor"], 2),
            "order": order,
        }
        for order, record in enumerate(records)
        if record["comparison_name"] in _WORDS
        and record["log2_bayes_factor"] is not None
    ]


def weights_chart(found: Sequence[dict[str, Any]]) -> str:
    """The weights as a picture that needs nothing from elsewhere."""
    chart = (
        alt.Chart(alt.InlineData(values=list(found)))
        .mark_bar()
        .encode(
            x=alt.X("weight:Q", title="Match weight (each step doubles the odds)"),
            y=alt.Y("level:N", sort=alt.SortField("order"), title=None),
            row=alt.Row(
                "comparison:N",
                sort=list(_WORDS.values()),
                title=None,
                header=alt.Header(labelAngle=0, labelAlign="left"),
            ),
            color=alt.condition(
                "datum.weight > 0", alt.value("#005ea2"), alt.value("#b50909")
            ),
        )
        .properties(width=420)
        .resolve_scale(y="independent")
        .configure_axis(labelLimit=320)
    )
    return vl_convert.vegalite_to_svg(chart.to_dict())


def write_report(path: Path, linkage: Linkage, found: Sequence[Threshold]) -> None:
    """One self-contained page."""
    levels = weights(linkage)
    files = " and ".join(
        f"{escape(file.name)} ({rows:,} people)"
        for file, rows in zip(linkage.files, linkage.rows, strict=True)
    )
    best = suggested(list(found))
    path.write_text(
        _PAGE.format(
            files=files,
            compared=f"{linkage.compared:,}",
            kept=f"{linkage.pairs.num_rows:,}",
            best=f"{best.probability:g}",
            caution=escape(CAUTION),
            thresholds="\n".join(map(_threshold_row, found)),
            learned=_whence(linkage),
            chart=weights_chart(levels),
            weights="\n".join(map(_weight_row, levels)),
        ),
        encoding="utf-8",
    )


def _whence(linkage: Linkage) -> str:
    """Where the weights come from."""
    said = LEARNED if linkage.learned else USUAL
    return f"{BY_FREQUENCY} {said}" if linkage.by_frequency else said


def write_model(path: Path, linkage: Linkage) -> None:
    """The model's numbers, so that the run can be understood later."""
    model = linkage.linker.misc.save_model_to_json(out_path=None)
    path.write_text(json.dumps(model, indent=2, sort_keys=True), encoding="utf-8")


def _threshold_row(threshold: Threshold) -> str:
    cells = (
        f"{threshold.pairs:,}",
        _share(threshold.precision),
        _share(threshold.recall),
    )
    tds = "".join(f"<td>{cell}</td>" for cell in cells)
    return f'<tr><th scope="row">{threshold.probability:g}</th>{tds}</tr>'


def _weight_row(level: dict[str, Any]) -> str:
    return (
        f'<tr><th scope="row">{escape(level["comparison"])}</th>'
        f"<td>{escape(level['level'])}</td><td>{level['weight']:+.2f}</td></tr>"
    )


def _share(value: float | None) -> str:
    return "-" if value is None else f"{100 * value:.1f}%"


_PAGE = """<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Linkage report</title>
<style>
body {{ font: 1rem/1.5 system-ui, sans-serif; margin: 2rem auto; max-width: 64rem;
  padding: 0 1rem; color: #1b1b1b; background: #fff; }}
table {{ border-collapse: collapse; margin: 1rem 0; }}
th, td {{ padding: .3rem .75rem; border-bottom: 1px solid #a9aeb1; text-align: right;
  font-variant-numeric: tabular-nums; }}
tbody th {{ font-weight: normal; }}
tbody th, .words :is(th, td):nth-child(-n + 2) {{ text-align: left; }}
svg {{ max-width: 100%; height: auto; }}
</style>
</head>
<body>
<main>
<h1>Linkage report</h1>
<p>{files}. {compared} pairs were compared; {kept} are likely enough to keep.
<strong>Nothing was joined.</strong> Decide in review.xlsx; begin at a probability of
{best}, where precision and recall are expected to balance best.</p>
<h2>Thresholds</h2>
<p>{caution}</p>
<table>
<thead><tr><th scope="col">Probability at least</th><th scope="col">Pairs</th>
<th scope="col">Expected precision</th><th scope="col">Expected recall</th></tr></thead>
<tbody>
{thresholds}
</tbody>
</table>
<h2>Match weights</h2>
<p>How much each answer speaks for two records being one person, or against it.
{learned}</p>
<figure role="img" aria-label="Bars of the match weights in the table below.">
{chart}
</figure>
<table class="words">
<thead><tr><th scope="col">Comparison</th><th scope="col">Answer</th>
<th scope="col">Weight</th></tr></thead>
<tbody>
{weights}
</tbody>
</table>
</main>
</body>
</html>
"""
