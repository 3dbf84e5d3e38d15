"""`facts`, `taxonomy` and `train` at the prompt."""

import json
from datetime import UTC, datetime
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from index.entry import Entry
from index.errors import KnowledgeBaseError
from index.library import Library
from ui.cli import cli


@pytest.fixture
def entry(tmp_path: Path) -> Entry:
    made = Entry(
        kind="announcement", title="Amazon ECR copies images to Amazon Quuxwell",
        source="whats-new-en", published=datetime(2020, 12, 8, tzinfo=UTC),
        url="https://aws.amazon.com/about-aws/whats-new/2020/12/ecr/",
    )  # fmt: skip
    Library(tmp_path).add([made])
    return made


def run(folder: Path, *args: str) -> Result:
    result = CliRunner().invoke(cli, ["--data", str(folder), *args])
    if result.exception and not isinstance(result.exception, SystemExit):
        raise result.exception
    return result


def test_facts_show_tells_each_with_its_evidence(tmp_path: Path, entry: Entry) -> None:
    told = json.loads(run(tmp_path, "facts", "show", entry.id, "--json").stdout)
    area = next(fact for fact in told["facts"] if fact["kind"] == "area")
    assert (area["value"], area["evidence"], area["words"]) == ("Containers", "title", "Amazon ECR")
    assert "Containers  - title “Amazon ECR”" in run(tmp_path, "facts", "show", entry.id).stdout


def test_facts_set_replaces_a_kind_and_unset_gives_it_back(tmp_path: Path, entry: Entry) -> None:
    told = run(tmp_path, "facts", "set", entry.id, "area=コンピューティング", "service=ECS")
    assert "Compute  - person" in told.stdout and "Amazon ECS  - person" in told.stdout
    run(tmp_path, "facts", "unset", entry.id, "area")
    told = json.loads(run(tmp_path, "facts", "show", entry.id[:8], "--json").stdout)
    assert [f["value"] for f in told["facts"] if f["kind"] == "area"] == ["Containers"]
    assert [f["value"] for f in told["facts"] if f["kind"] == "service"] == ["Amazon ECS"]


@pytest.mark.parametrize("said", ["area=Nowhere", "area", "mood=good"])
def test_a_wrong_value_changes_nothing_and_says_what_is_possible(
    tmp_path: Path, entry: Entry, said: str
) -> None:
    before = run(tmp_path, "facts", "show", entry.id).stdout
    with pytest.raises(KnowledgeBaseError, match=r"areas are|kinds are"):
        run(tmp_path, "facts", "set", entry.id, "stage=ga", said)
    assert run(tmp_path, "facts", "show", entry.id).stdout == before


def test_an_unknown_entry_is_named(tmp_path: Path) -> None:
    with pytest.raises(KnowledgeBaseError, match="no entry 'abcdef123456'"):
        run(tmp_path, "facts", "show", "abcdef123456")


def test_taxonomy_unknown_lists_what_entries_name(tmp_path: Path, entry: Entry) -> None:
    (found,) = json.loads(run(tmp_path, "taxonomy", "unknown", "--json").stdout)
    assert found == {
        "name": "Amazon Quuxwell", "entries": 1, "example": entry.title, "id": entry.id,
    }  # fmt: skip


def test_taxonomy_check_names_the_wrong_line(tmp_path: Path) -> None:
    assert "nothing wrong" in run(tmp_path, "taxonomy", "check").stdout
    (tmp_path / "taxonomy.toml").write_text('[[service]]\nname = "ECR"\narea = "Compte"\n')
    with pytest.raises(KnowledgeBaseError, match="line 3: unknown area 'Compte'"):
        run(tmp_path, "taxonomy", "check")


def test_taxonomy_show_finds_a_service_by_a_former_name(tmp_path: Path) -> None:
    told = json.loads(run(tmp_path, "taxonomy", "show", "aws sso", "--json").stdout)
    assert (told["name"], told["area"]) == ("AWS IAM Identity Center", "Security")
    assert {"name": "AWS SSO", "until": "2022-07-26"} in told["former"]


def test_train_says_when_there_is_too_little_to_learn_from(tmp_path: Path, entry: Entry) -> None:
    with pytest.raises(KnowledgeBaseError, match="too few to learn from"):
        run(tmp_path, "train")


def test_rereading_is_told_with_counts(tmp_path: Path, entry: Entry) -> None:
    assert "0 of 1 entries have other facts now" in run(tmp_path, "facts", "reread").stdout
