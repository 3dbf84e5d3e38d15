"""Understanding what is kept: corrections stay, learning decides, rereading is cheap."""

from datetime import UTC, datetime
from pathlib import Path

import numpy as np
import pytest

from index.entry import Entry
from index.errors import ConfigError
from index.fact import Evidence, FactKind
from index.facts.classifier import FILE, AreaClassifier, Example, learn
from index.library import Library

WORDS = {
    "Storage": "bucket object archive volume snapshot",
    "Compute": "instance processor memory server burst",
    "Security": "threat finding policy secret permission",
}


def entry(title: str, number: int = 0, **fields: object) -> Entry:
    return Entry(
        kind="announcement",
        title=title,
        source="whats-new-en",
        url=f"https://aws.amazon.com/about-aws/whats-new/2020/12/n{number}/",
        published=datetime(2020, 12, 8, tzinfo=UTC),
        **fields,  # type: ignore[arg-type]
    )


def examples(each: int = 80) -> list[Example]:
    return [
        Example(f"{words.split()[i % 5]} {words.split()[(i + 2) % 5]} number {i}", (), area)
        for area, words in WORDS.items()
        for i in range(each)
    ]


def tagged(each: int = 80) -> list[Entry]:
    tags = {"Storage": "storage", "Compute": "compute", "Security": "security"}
    return [
        entry(f"{area} {i}: {example.text}", i, tags=(tags[area],))
        for i, (area, example) in enumerate((e.area, e) for e in examples(each))
    ]


def area(library: Library, entry_id: str) -> tuple[str, str]:
    stored = library.get(entry_id)
    assert stored is not None
    fact = stored.facts.of(FactKind.AREA)[0]
    return fact.value, fact.evidence


def test_a_correction_survives_reimport_and_rereading(tmp_path: Path) -> None:
    library = Library(tmp_path)
    first = entry("Amazon ECR copies images")
    library.add([first])
    library.correct(first.id, FactKind.AREA, ["Compute"])
    changed = entry("Amazon ECR copies many images", text="Now more.")
    library.add([changed])
    library.understand()
    assert area(Library(tmp_path), first.id) == ("Compute", Evidence.PERSON)
    stored = library.get(first.id)
    assert stored is not None and stored.entry.title == changed.title


def test_a_correction_taken_back_lets_the_words_speak_again(tmp_path: Path) -> None:
    library = Library(tmp_path)
    first = entry("Amazon ECR copies images")
    library.add([first])
    library.correct(first.id, FactKind.AREA, ["Compute"])
    library.correct(first.id, FactKind.AREA, [])
    assert area(library, first.id) == ("Containers", Evidence.TITLE)


def test_a_changed_overlay_changes_facts_by_rereading_alone(tmp_path: Path) -> None:
    Library(tmp_path).add([entry("Amazon ECR copies images"), entry("Amazon S3 grows", 1)])
    (tmp_path / "taxonomy.toml").write_text('[[service]]\nname = "ECR"\narea = "Compute"\n')
    library = Library(tmp_path)
    told: list[tuple[int, int | None]] = []
    assert library.understand(lambda done, total: told.append((done, total))) == 1
    assert told[-1] == (2, 2)
    assert area(library, entry("x").id) == ("Compute", Evidence.PERSON)
    assert library.understand() == 0


def test_what_was_learned_decides_where_no_name_does(tmp_path: Path) -> None:
    library = Library(tmp_path)
    unknown = entry("A new archive for every object", 999)
    library.add([*tagged(), unknown])
    assert area(library, unknown.id)[1] == Evidence.NONE
    assert library.understanding.learn().examples == 240
    library.understand()
    assert area(library, unknown.id) == ("Storage", Evidence.CLASSIFIER)
    assert area(Library(tmp_path), unknown.id) == ("Storage", Evidence.CLASSIFIER)


def test_a_copy_without_tags_learns_from_its_twins(tmp_path: Path) -> None:
    library = Library(tmp_path)
    twin = Entry(
        kind="announcement", title="バケット", source="whats-new-ja", lang="ja",
        url="https://aws.amazon.com/jp/about-aws/whats-new/2020/12/n3/",
        published=datetime(2020, 12, 9, tzinfo=UTC),
    )  # fmt: skip
    library.add([*tagged(), twin])
    assert library.understanding.learn().examples == 241


def test_posts_of_a_blog_with_an_area_teach_and_those_without_are_guessed(tmp_path: Path) -> None:
    def post(channel: str, title: str) -> Entry:
        return Entry(
            kind="blog", title=title, source=f"aws-blog-{channel}",
            url=f"https://aws.amazon.com/blogs/{channel}/{title.replace(' ', '-').lower()}/",
            published=datetime(2020, 12, 9, tzinfo=UTC),
        )  # fmt: skip

    library = Library(tmp_path)
    unfiled = post("industries", "A bucket and its object")
    library.add([*tagged(), post("security", "A threat and its finding"), unfiled])
    assert library.understanding.learn().examples == 241
    library.understand()
    assert area(library, unfiled.id) == ("Storage", Evidence.CLASSIFIER)


def test_too_few_tagged_entries_are_refused_with_the_number(tmp_path: Path) -> None:
    library = Library(tmp_path)
    library.add(tagged(3))
    with pytest.raises(ConfigError, match="only 9 entries"):
        library.understanding.learn()


def test_unknown_names_come_from_titles_and_bodies(tmp_path: Path) -> None:
    library = Library(tmp_path)
    library.add([entry("Amazon Quuxwell", 1), entry("News", 2, text="With Amazon Quuxwell.")])
    assert [(u.name, u.count) for u in library.understanding.unknown_names()] == [
        ("Amazon Quuxwell", 2)
    ]


def test_doubtful_entries_are_those_with_a_weak_area(tmp_path: Path) -> None:
    library = Library(tmp_path)
    library.add([entry("Something happened", 1), entry("Amazon S3 grows", 2)])
    assert [s.entry.title for s in library.understanding.doubtful(10)] == ["Something happened"]


# --- the classifier itself ----------------------------------------------------------------


def test_the_same_examples_give_the_same_classifier() -> None:
    first, second = learn(examples()), learn(examples())
    assert first.vocabulary == second.vocabulary
    assert np.array_equal(first.weights, second.weights)


def test_a_kept_classifier_guesses_as_the_learned_one(tmp_path: Path) -> None:
    learned = learn(examples())
    learned.save(tmp_path)
    kept = AreaClassifier.load(tmp_path)
    assert kept is not None
    for text in ("archive object", "threat policy", "nothing known", ""):
        assert kept.guess(text, ()) == learned.guess(text, ())


def test_known_words_give_a_wider_margin_than_unknown_ones() -> None:
    learned = learn(examples())
    assert learned.guess("bucket object archive", ())[0] == "Storage"
    assert learned.guess("bucket object archive", ())[1] > learned.guess("xyzzy", ())[1]


def test_without_a_file_there_is_no_classifier(tmp_path: Path) -> None:
    assert AreaClassifier.load(tmp_path) is None


def test_a_damaged_or_foreign_file_is_named_and_never_run(tmp_path: Path) -> None:
    (tmp_path / FILE).write_bytes(b"not a classifier")
    with pytest.raises(ConfigError, match="train it anew"):
        AreaClassifier.load(tmp_path)
    objects = np.array([{"areas": ["x"]}], dtype=object)
    np.savez(tmp_path / FILE, about=objects, idf=objects, weights=objects, bias=objects)
    with pytest.raises(ConfigError, match="train it anew"):
        AreaClassifier.load(tmp_path)
