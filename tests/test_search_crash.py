"""kill -9 while two processes write: the knowledge base opens and nothing kept is lost."""

from pathlib import Path

from bench.crash import rounds


def test_nothing_kept_is_lost_when_both_writers_are_killed(tmp_path: Path) -> None:
    outcomes = list(rounds(tmp_path, 4, seed=7))
    assert outcomes[-1].said > 0
    assert [(o.lost, o.whole, o.healed) for o in outcomes] == [(0, True, False)] * 4
