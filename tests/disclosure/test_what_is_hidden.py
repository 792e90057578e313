"""Which numbers are hidden for what they are, and what the log says about it."""

from typing import Any

import pytest

from alongside.measures.disclosure import Policy, Published, Reason, publish
from tests.disclosure.tables import internal, row


def published(*rows: dict[str, Any], policy: Policy | None = None) -> Published:
    return publish(internal(rows), policy=policy)[0]


def only(results: Published) -> dict[str, Any]:
    (found,) = results.frame().to_dict("records")
    return dict(found)


def hidden(*rows: dict[str, Any], policy: Policy | None = None) -> set[str]:
    found = only(published(*rows, policy=policy))["hidden"]
    return set(found.split(";")) - {""}


def test_large_counts_are_shown_with_a_rate_as_exact_as_it_is_printed() -> None:
    found = only(published(row(n=20, d=61)))
    assert (found["numerator"], found["denominator"]) == (20, 61)
    assert found["value"] == 32.8
    assert found["hidden"] == ""


@pytest.mark.parametrize("n", [0, 1, 10])
def test_a_small_numerator_goes_with_its_rate_and_keeps_its_denominator(n: int) -> None:
    assert hidden(row(n=n, d=100)) == {"numerator", "value"}


def test_eleven_is_not_small() -> None:
    assert hidden(row(n=11, d=22)) == set()


@pytest.mark.parametrize("n", [100, 95, 90])
def test_all_but_a_few_is_as_telling_as_a_few(n: int) -> None:
    assert hidden(row(n=n, d=100)) == {"numerator", "value"}
    assert hidden(row(n=89, d=100)) == set()


def test_few_to_count_from_hides_the_denominator_too() -> None:
    assert hidden(row(n=4, d=9)) == {"numerator", "denominator", "value"}


def test_few_unknown_are_hidden_and_none_are_not() -> None:
    assert hidden(row(u=3)) == {"unknown"}
    assert hidden(row(u=0)) == set()


def test_a_mean_of_few_answers_is_hidden_whatever_the_score() -> None:
    state = Policy(populations={None: 39_000_000})
    few = row(n=31.5, d=9, unit="mean", counted=9)
    assert hidden(few, policy=state) >= {"numerator", "value"}
    assert hidden(row(n=60, d=20, unit="mean", counted=20), policy=state) == set()


def test_many_moves_of_few_children_are_hidden() -> None:
    moves = row(n=40, d=9000, unit="per 1,000 days", people=30, counted=4)
    assert hidden(moves) == {"numerator", "value"}


def test_days_of_few_children_are_hidden() -> None:
    days = row(n=40, d=900, unit="per 1,000 days", people=9, counted=9)
    assert hidden(days) == {"numerator", "denominator", "value"}


def test_a_sum_that_is_mostly_one_person_is_hidden() -> None:
    most = row(n=40, d=9000, unit="per 1,000 days", people=30, counted=12, largest=21)
    assert hidden(most) == {"numerator", "value"}
    _, log = publish(internal([most]))
    assert list(log.hidden["reason"]) == [Reason.DOMINANT.value]


def test_a_row_that_is_missing_is_a_zero() -> None:
    """Leaving a county out in one year would say that nobody was counted there."""
    results = published(
        row(n=30, county="Alder"),
        row("m.b", n=30, county="Alder"),
        row("m.b", n=40, d=200, county="Birch"),
    )
    frame = results.frame().set_index(["measure", "by_county"])
    assert len(frame) == 4
    assert "denominator" in frame.loc[("m.a", "Birch"), "hidden"]


def test_a_low_score_lets_small_counts_stay() -> None:
    state = Policy(populations={None: 39_000_000})
    assert hidden(row(n=3, d=100), policy=state) == set()
    _, log = publish(internal([row(n=3, d=100)]), policy=state)
    assert log.assessments["score"].tolist() == [7 + 0 - 5 - 3]
    assert log.assessments["small_counts_stay"].tolist() == [True]


def test_the_limit_itself_passes_unless_the_rule_is_strict() -> None:
    twelve: dict[str | None, int] = {
        None: 15_000
    }  # 7 events, 0 time, 5 place, 0 interactions
    assert hidden(row(n=2, d=100), policy=Policy(populations=twelve)) == set()
    strict = Policy(populations=twelve, strict=True, score_limit=12)
    assert hidden(row(n=2, d=100), policy=strict) == {"numerator", "value"}


def test_without_a_population_there_is_no_score() -> None:
    _, log = publish(internal([row(n=3, d=100)]))
    assert log.assessments["score"].isna().all()
    assert not log.assessments["small_counts_stay"].any()


def test_large_numbers_need_no_score() -> None:
    _, log = publish(internal([row(n=11_000, d=20_001, people=20_001)]))
    assert log.assessments["step"].tolist() == ["1: every number is large"]


def test_one_hidden_county_takes_another_with_it_and_the_log_says_why() -> None:
    rows = [
        row(n=3, d=40, county="Alder"),
        row(n=30, d=100, county="Birch"),
        row(n=55, d=200, county="Cedar"),
        row(n=88, d=340, county=None),
    ]
    results, log = publish(internal(rows))
    reasons = dict(zip(log.hidden["by_county"], log.hidden["reason"], strict=True))
    assert reasons == {
        "Alder": Reason.SMALL.value,
        "Birch": Reason.COMPLEMENT.value,
    }
    total = results.frame().set_index("by_county").loc[[None]]
    assert total["numerator"].tolist() == [88]
    assert "numerator" not in log.hidden.columns


def test_the_guideline_s_version_goes_with_the_results() -> None:
    assert published(row()).ddg_version == "CalHHS DDG, current text"
