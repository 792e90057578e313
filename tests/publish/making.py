"""How the results of these tests were made, as far as a report tells it."""

from datetime import date

from alongside.measures.report import Making

MAKING = Making(
    source="extract",
    engine="DuckDB",
    as_of=date(2025, 1, 1),
    made_on=date(2025, 2, 3),
    rows={"child": 300, "report": 600},
    problems=["Table “report”, row 3: the code “maybe” is not known."],
    left_out=["4-P1 (needs removal)"],
    command="alongside measure extract --out release",
    software="Alongside",
)
