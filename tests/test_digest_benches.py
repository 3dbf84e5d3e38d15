"""The measures of the benches on summaries and ranking, by hand-made cases."""

import json
from pathlib import Path

import pytest

from bench import ranking, summaries
from bench.ranking import Candidate, Week
from bench.rouge import rouge, tokens


def test_rouge_counts_shared_words_pairs_and_order() -> None:
    found = rouge("the cat sat", "the cat ran")
    assert (round(found.one, 3), round(found.two, 3), round(found.longest, 3)) == (
        0.667,
        0.5,
        0.667,
    )
    assert rouge("sat cat the", "the cat sat").longest == pytest.approx(1 / 3)
    assert rouge("same words", "same words").two == 1.0
    assert rouge("", "something").one == 0.0


def test_japanese_is_counted_by_the_sign_and_latin_by_the_word() -> None:
    assert tokens("Amazon S3 を追加。") == ["amazon", "s3", "を", "追", "加"]


def test_a_ranking_is_judged_by_pairs_and_by_its_first_five() -> None:
    week = Week("w", tuple(Candidate({"ga": float(i)}, i in (9, 0)) for i in range(10)))
    judged = ranking._judged(week, {"ga": 1.0})
    assert judged == {"auc": 0.5, "p5": 0.2}
    best = Week("w", tuple(Candidate({"ga": float(i)}, i > 7) for i in range(10)))
    assert ranking._judged(best, {"ga": 1.0}) == {"auc": 1.0, "p5": 0.4}


def test_weights_are_learned_from_the_weeks_given_alone() -> None:
    region = Candidate({"region": 1.0}, False)
    price = Candidate({"price": 1.0}, True)
    learned = ranking._learned([Week("w", (region, price) * 10)])
    assert learned["price"] > 0 > learned["region"]
    assert ranking._learned([]) == ranking.WEIGHTS


def test_without_data_a_goal_is_not_measured_and_not_met(tmp_path: Path) -> None:
    assert ranking.main(["--json", str(tmp_path / "r.json")]) == 1
    found = json.loads((tmp_path / "r.json").read_text(encoding="utf-8"))
    assert found["goals_met"] is False
    assert all(goal["value"] is None and not goal["met"] for goal in found["goals"])


def test_every_line_on_the_sample_pack_is_grounded_and_short(tmp_path: Path) -> None:
    summaries.main(["--json", str(tmp_path / "s.json")])
    found = json.loads((tmp_path / "s.json").read_text(encoding="utf-8"))
    goals = {goal["name"]: goal["met"] for goal in found["goals"]}
    assert all(met for name, met in goals.items() if "ROUGE" not in name), goals
