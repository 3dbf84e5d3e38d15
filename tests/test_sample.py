"""The sample pack: every line is an entry, the pack shows every feature, the words are ours."""

import json
import re
from collections import Counter
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from index.address import canonical_url, launch_slug, url_lang
from index.entry import Entry, entry_from_dict

SAMPLE = Path(__file__).parents[1] / "data" / "sample"
FILES = ("announcements-en", "announcements-ja", "blogs", "sessions")
ENGLISH_RUN, JAPANESE_RUN = 8, 15  # words, characters: a longer common run counts as copied
JAPANESE = re.compile(r"[\u3040-\u30ff\u3400-\u9fff々ー]+")


def _read(name: str) -> list[Entry]:
    lines = (SAMPLE / f"{name}.jsonl").read_text(encoding="utf-8").splitlines()
    return [entry_from_dict(json.loads(line)) for line in lines]


@pytest.fixture(scope="module")
def pack() -> dict[str, list[Entry]]:
    return {name: _read(name) for name in FILES}


@pytest.fixture(scope="module")
def notes() -> dict[str, str]:
    return {path.name: path.read_text("utf-8") for path in SAMPLE.glob("notes/*.md")}


def _all(pack: dict[str, list[Entry]]) -> list[Entry]:
    return [entry for name in FILES for entry in pack[name]]


def _week(entry: Entry) -> str:
    return entry.published.date().strftime("%G-W%V")


def test_every_entry_has_one_key_of_its_own(pack: dict[str, list[Entry]]) -> None:
    counts = Counter(entry.id for entry in _all(pack))
    assert max(counts.values()) == 1


def test_the_pack_is_large_enough_and_small_enough(pack: dict[str, list[Entry]]) -> None:
    assert 100 <= len(_all(pack)) <= 250
    assert len(pack["announcements-ja"]) >= 30
    assert len(pack["blogs"]) >= 12
    assert len(pack["sessions"]) >= 14


def test_every_text_says_something_in_few_sentences(pack: dict[str, list[Entry]]) -> None:
    for entry in _all(pack):
        stops = len(re.findall(r"[.。](?=\s|$)|。", entry.text))
        assert 1 <= stops <= 6, (entry.title, stops)
        assert bool(JAPANESE.search(entry.text)) == (entry.lang == "ja"), entry.title


@pytest.mark.parametrize("week", ["2020-W49", "2020-W50", "2020-W51"])
def test_each_week_of_the_event_has_at_least_fifteen_launches(
    pack: dict[str, list[Entry]], week: str
) -> None:
    assert sum(_week(e) == week for e in pack["announcements-en"]) >= 15


def test_each_japanese_announcement_has_its_english_twin_of_the_same_instant(
    pack: dict[str, list[Entry]],
) -> None:
    english = {launch_slug(e.url): e for e in pack["announcements-en"]}
    for entry in pack["announcements-ja"]:
        twin = english[launch_slug(entry.url)]
        assert (twin.published, twin.tags) == (entry.published, entry.tags)
        assert entry.url is not None and url_lang(entry.url) == "ja"


def test_previews_reach_general_availability(pack: dict[str, list[Entry]]) -> None:
    told = [(e.published.date(), f"{e.title} {e.text}") for e in _all(pack) if e.lang == "en"]
    for feature, preview, released in (
        ("Aurora Serverless v2", date(2020, 12, 1), date(2022, 4, 21)),
        ("Redshift ML", date(2020, 12, 8), date(2021, 5, 27)),
        ("HealthLake", date(2020, 12, 8), date(2021, 7, 15)),
        ("Lookout for Metrics", date(2020, 12, 8), date(2021, 3, 25)),
        ("Grafana", date(2020, 12, 15), date(2021, 8, 31)),
    ):
        about = [(day, text.lower()) for day, text in told if feature in text]
        assert any(day == preview and "in preview" in text for day, text in about), feature
        assert any(
            day == released and re.search("general(ly)? availab", text) for day, text in about
        ), feature


def test_every_kind_of_fact_occurs(pack: dict[str, list[Entry]]) -> None:
    text = "\n".join(f"{e.title} {e.text}" for e in _all(pack))
    for words in ("Tokyo", "Osaka", "東京", "大阪", "is renamed", "end of support", "サポート終了"):
        assert words in text
    for words in ("price reduction", "October 10, 2023", "August 15, 2022", "20% の値下げ"):
        assert words in text


def test_the_tags_span_the_areas_and_the_keynotes(pack: dict[str, list[Entry]]) -> None:
    tags = {tag for e in pack["announcements-en"] for tag in e.tags}
    for category in (
        *("analytics", "artificial-intelligence", "aws-marketplace-and-partners"),
        *("business-productivity", "compute", "containers", "cost-management", "databases"),
        *("desktop-and-app-streaming", "developer-tools", "internet-of-things"),
        *("management-and-governance", "media-services", "migration", "mobile-services"),
        *("networking-and-content-delivery", "security-identity-and-compliance", "storage"),
        *("training-and-certification", "application-services", "quantum-technologies"),
    ):
        assert f"marketing:marchitecture/{category}" in tags, category
    for speaker in ("andy", "swami", "peter", "werner"):
        assert f"reinvent-2020-{speaker}" in tags


def test_sessions_carry_their_codes(pack: dict[str, list[Entry]]) -> None:
    codes = {e.session.code for e in pack["sessions"] if e.session}
    assert {"DOP309", "EMB023"} <= codes
    assert len(codes) == len(pack["sessions"])
    assert all(e.session and e.session.year == 2020 for e in pack["sessions"])


def test_notes_have_front_matter_and_every_kind(notes: dict[str, str]) -> None:
    kinds: Counter[str] = Counter()
    for name, text in notes.items():
        _, head, body = text.split("---\n", 2)
        fields = dict(line.split(": ", 1) for line in head.strip().splitlines())
        assert set(fields) == {"title", "published", "kind", "lang", "blog"}, name
        assert date.fromisoformat(fields["published"]).isoformat() == name[:10]
        assert body.strip()
        kinds[fields["kind"]] += 1
    assert kinds["note"] >= 3 and kinds["digest"] >= 1 and kinds["article"] >= 2


def test_the_digest_of_the_notes_has_a_dozen_updates_in_areas(notes: dict[str, str]) -> None:
    text = notes["2020-12-07-reinvent2020-week1.md"]
    assert len(re.findall(r"^### ", text, re.M)) >= 12
    assert len(re.findall(r"^## ", text, re.M)) >= 5


@pytest.mark.shared
def test_addresses_of_captured_years_exist_in_the_captures(
    pack: dict[str, list[Entry]], captures: Path
) -> None:
    archive = captures / "whats-new-archive" / "dirs-whats-new-en_US-to-2022-09.jsonl"
    known: dict[str | None, set[str]] = {}
    for record in _records(archive):
        slug = launch_slug("https://aws.amazon.com" + record["url"])
        known.setdefault(slug, set()).add(record["published"][:19] + "Z")
    for entry in pack["announcements-en"]:
        if entry.published.year in (2020, 2022):
            moment = entry.published.strftime("%Y-%m-%dT%H:%M:%SZ")
            assert moment in known.get(launch_slug(entry.url), ()), entry.url
    posts = captures / "feeds" / "parsed" / "aws-news-blog-listing-en-to-2023-02.jsonl"
    listed = {canonical_url(record["url"]) for record in _records(posts)}
    for entry in pack["blogs"]:
        if entry.source == "aws-blog-aws" and entry.published.year in (2020, 2022):
            assert entry.url and canonical_url(entry.url) in listed, entry.url


def _records(path: Path) -> Iterator[dict[str, Any]]:
    with path.open(encoding="utf-8") as lines:
        for line in lines:
            yield json.loads(line)


@pytest.mark.shared
def test_no_sentence_is_copied_from_the_captures_or_the_sample_blog(
    pack: dict[str, list[Entry]], notes: dict[str, str], shared: Path
) -> None:
    ours = {e.title: f"{e.text}\n{e.summary}" for e in _all(pack)}
    for name, text in notes.items():
        ours[name] = text.split("---\n", 2)[2]
    runs = {run: title for title, text in ours.items() for run in _runs(text)}
    titles = " ".join(" ".join(_words(e.title)) for e in _all(pack))
    found = set()
    for text in _captured_texts(shared):
        found |= runs.keys() & set(_runs(text))
    copied = {run: runs[run] for run in found if run not in titles}
    assert not copied


def _captured_texts(shared: Path) -> Iterator[str]:
    """Texts of the captures that could be copied from, as plain as the runs need them."""
    for path in (shared / "seed").rglob("*.md"):
        yield path.read_text("utf-8")
    folder = shared / "captures"
    for path in sorted(folder.rglob("*")):
        if path.suffix in (".jsonl", ".xml", ".html", ".md", ".json", ".txt", ".csv"):
            text = path.read_text("utf-8", errors="replace")
            yield re.sub(r"\\u([0-9a-f]{4})", lambda m: chr(int(m[1], 16)), text)


def _words(text: str) -> list[str]:
    return re.findall(r"[a-z0-9][a-z0-9.'-]*[a-z0-9]|[a-z0-9]", text.lower())


def _runs(text: str) -> Iterator[str]:
    """Every run of eight English words and of fifteen Japanese characters in `text`."""
    plain = re.sub(r"<[^>]{0,200}>|&lt;.{0,200}?&gt;|https?://\S+", " ", text)
    words = _words(plain)
    yield from map(" ".join, zip(*(words[n:] for n in range(ENGLISH_RUN)), strict=False))
    for part in JAPANESE.findall(plain):
        for start in range(len(part) - JAPANESE_RUN + 1):
            yield part[start : start + JAPANESE_RUN]
