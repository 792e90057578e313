"""Expected and true precision and recall, worked out by hand."""

import pyarrow as pa
import pytest

from alongside.linkage.review import MOST_UNSURE, SURE_SAMPLE, pairs_to_review
from alongside.linkage.thresholds import accuracy, suggested, thresholds

PAIRS = pa.table(
    {
        "id_l": ["a1", "a2", "a3", "a3"],
        "id_r": ["b1", "b2", "b3", "b4"],
        "probability": [0.999, 0.9, 0.6, 0.1],
        "is_best": [True, True, True, False],
    }
)


def test_expected_precision_and_recall_are_sums_of_probabilities() -> None:
    found = {t.probability: t for t in thresholds(PAIRS, 3.0)}
    assert found[0.5].pairs == 3
    assert found[0.5].precision == pytest.approx(2.499 / 3)
    assert found[0.5].recall == pytest.approx(2.499 / 3.0)
    assert found[0.999].precision == pytest.approx(0.999)


def test_no_pairs_have_no_precision() -> None:
    found = thresholds(PAIRS.slice(0, 0), 0.0)
    assert {(t.precision, t.recall) for t in found} == {(None, None)}
    assert suggested(found).pairs == 0


def test_the_suggested_threshold_balances_both() -> None:
    assert suggested(thresholds(PAIRS, 2.6)).probability == 0.25


def test_accuracy_counts_true_pairs() -> None:
    truth = pa.table({"a_id": ["a1", "a2", "a9"], "b_id": ["b1", "b2", "b9"]})
    found = accuracy(PAIRS, truth, at_least=0.5, best_only=True)
    assert (found.found, found.right, found.true) == (3, 2, 3)
    assert found.precision == found.recall == pytest.approx(2 / 3)
    assert found.f1 == pytest.approx(2 / 3)


def test_without_pairs_or_truth_nothing_is_right() -> None:
    truth = pa.table(
        {"a_id": pa.array([], pa.string()), "b_id": pa.array([], pa.string())}
    )
    found = accuracy(PAIRS.slice(0, 0), truth, at_least=0.5, best_only=False)
    assert (found.precision, found.recall, found.f1) == (0, 0, 0)


def test_every_unsure_pair_is_reviewed_and_a_sample_of_the_sure() -> None:
    count = 2_000
    sure = pa.table({"probability": [0.999] * count + [0.5] * 30 + [0.01] * 9})
    found = pairs_to_review(sure)["probability"].to_pylist()
    assert found.count(0.999) == SURE_SAMPLE
    assert found.count(0.5) == 30
    assert found.count(0.01) == 0
    many = pa.table({"probability": [0.5] * (MOST_UNSURE + 1)})
    assert pairs_to_review(many).num_rows == MOST_UNSURE
