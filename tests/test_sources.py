"""The list of sources: what comes with the program, what a person lays over it, OPML."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from crawler.opml import read_opml
from crawler.opml_out import write_opml
from crawler.source_file import change_sources, drop_sources, write_sources
from crawler.sources import Source, choose, new_sources, read_sources
from index.errors import ConfigError
from index.library import Library
from index.source_state import Slice, SourceState
from ui.cli import cli
from ui.cli.invocation import Invocation
from ui.subscriptions import add_subscriptions

FEED = "https://example.org/feed.xml"


def named(folder: Path) -> dict[str, Source]:
    return {s.name: s for s in read_sources(folder)}


def test_the_packaged_list_is_sound() -> None:
    known = {s.name: s for s in read_sources()}
    assert len({s.url for s in known.values()}) == len(known)
    assert all(s.history in known for s in known.values() if s.history)
    blogs = [s for s in known.values() if s.name.startswith("aws-blog-")]
    assert len(blogs) >= 35 and any(s.lang == "ja" for s in blogs)
    directories = [s for s in known.values() if s.kind == "directory"]
    assert all(s.order and s.year_tags for s in directories)
    assert all(s.obey_robots for s in known.values())


def test_an_overlay_adds_changes_and_removes(tmp_path: Path) -> None:
    (tmp_path / "sources.toml").write_text(
        '["aws-blog-hpc"]\nenabled = false\n[aws-blog-iot]\nremoved = true\n'
        f'[mine]\nurl = "{FEED}"\n'
    )
    known = named(tmp_path)
    assert not known["aws-blog-hpc"].enabled and known["aws-blog-hpc"].url
    assert "aws-blog-iot" not in known
    assert known["mine"].url == FEED


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("[mine]\nurll = 'x'", "did you mean 'url'"),
        ("[mine]\ntitle = 'x'", "needs a url"),
        ("[mine]\nurl = 'ftp://x/'", "not an absolute http(s) address"),
        (f"[mine]\nurl = '{FEED}'\nkind = 'blog'", "is none of feed, directory"),
        (f"[mine]\nurl = '{FEED}'\nenabled = 'yes'", "expected bool"),
        ("mine = 3", "expected a table"),
        ("[mine", "cannot be read"),
    ],
)
def test_a_wrong_line_is_named(tmp_path: Path, text: str, words: str) -> None:
    (tmp_path / "sources.toml").write_text(text)
    with pytest.raises(ConfigError) as caught:
        read_sources(tmp_path)
    assert words in str(caught.value)


def test_editing_keeps_a_persons_comments(tmp_path: Path) -> None:
    path = tmp_path / "sources.toml"
    path.write_text(f'# our blog\n[mine]\nurl = "{FEED}"  # the feed\n')
    change_sources(tmp_path, ["mine"], {"enabled": False})
    drop_sources(tmp_path, ["aws-blog-iot"])
    text = path.read_text()
    assert "# our blog" in text and "# the feed" in text
    assert not named(tmp_path)["mine"].enabled
    assert "aws-blog-iot" not in named(tmp_path)
    assert [p.name for p in tmp_path.iterdir()] == ["sources.toml"]


def test_what_is_written_is_read_again(tmp_path: Path) -> None:
    made = (
        Source(name="a.b", url=FEED, cadence="weekly", lang="ja", obey_robots=False),
        *new_sources("https://x.hatenablog.com/"),
        *new_sources(
            "https://aws.amazon.com/api/dirs/items/search?item.directoryId=blog-posts", name="d"
        ),
    )
    write_sources(tmp_path, made)
    assert tuple(named(tmp_path)[s.name] for s in made) == made


def test_a_name_may_be_a_title_a_pattern_or_a_beginning() -> None:
    known = read_sources()

    def names(*wanted: str) -> set[str]:
        return {s.name for s in choose(known, wanted)}

    assert {"whats-new-en", "whats-new-ja-directory"} <= names("whats-new")
    assert names("publickey") == {"publickey1.jp"}
    assert names("aws-blog-*io*") >= {"aws-blog-iot"}
    assert names("aws-blog-iot", "aws-blog-iot") == {"aws-blog-iot"}
    with pytest.raises(ConfigError, match="did you mean 'aws-blog-iot'"):
        names("aws-blog-iott")


def test_opml_goes_out_and_comes_in_again(tmp_path: Path) -> None:
    made = [
        Source(name="a", url=FEED, title="A & B", folder="Ours"),
        Source(name="c", url="https://example.net/rss?x=1&y=2", title="日本語"),
    ]
    file = tmp_path / "feeds.opml"
    file.write_text(write_opml(made), encoding="utf-8")
    assert [(s.title, s.url, s.folder) for s in read_opml(file.read_bytes())] == [
        ("A & B", FEED, "Ours"),
        ("日本語", "https://example.net/rss?x=1&y=2", ""),
    ]
    assert add_subscriptions(tmp_path, file)[:2] == (2, 0)
    assert add_subscriptions(tmp_path, file)[:2] == (0, 2)
    assert named(tmp_path)["example.org"].url == FEED


def test_feeds_of_one_host_get_names_of_their_own(tmp_path: Path) -> None:
    feeds = [Source(name=str(n), url=f"{FEED}?{n}=1", title="日本") for n in range(3)]
    file = tmp_path / "feeds.opml"
    file.write_text(write_opml(feeds), encoding="utf-8")
    add_subscriptions(tmp_path, file)
    made = {n for n in named(tmp_path) if n.startswith("example.org")}
    assert made == {"example.org", "example.org-feed-xml", "example.org-2"}


@pytest.mark.shared
def test_the_captured_lists_are_taken_over_whole(captures: Path, tmp_path: Path) -> None:
    for file in sorted((captures / "feeds" / "opml").glob("*.xml")):
        added, known, refused = add_subscriptions(tmp_path, file)
        assert added + known + len(refused) == len(read_opml(file.read_bytes()))
        assert all(reason == "names no feed" for _, reason in refused)
    read_sources(tmp_path)


def kb(folder: Path, *args: str) -> tuple[int, str]:
    found = CliRunner().invoke(cli, args, obj=Invocation(data=folder))
    assert found.exception is None or isinstance(found.exception, SystemExit | ConfigError), found
    return found.exit_code, found.output


def test_the_commands_change_the_list(tmp_path: Path) -> None:
    assert "added example.org (feed)" in kb(tmp_path, "sources", "add", FEED)[1]
    kb(tmp_path, "sources", "disable", "example.org", "aws-blog-hpc")
    assert not named(tmp_path)["example.org"].enabled
    kb(tmp_path, "sources", "enable", "example.org")
    assert named(tmp_path)["example.org"].enabled
    assert "example.org" in kb(tmp_path, "sources")[1]
    kb(tmp_path, "sources", "remove", "example.org")
    assert "example.org" not in named(tmp_path)


def test_two_feeds_of_one_host_are_two_sources(tmp_path: Path) -> None:
    for path in ("a.xml", "b.xml", "b.xml"):
        kb(tmp_path, "sources", "add", f"https://example.org/{path}")
    assert {n for n in named(tmp_path) if "example.org" in n} == {
        "example.org",
        "example.org-b-xml",
    }
    for _ in range(2):
        kb(tmp_path, "sources", "add", "https://x.hatenablog.com/")
    assert {n for n in named(tmp_path) if n.startswith("x.")} == {
        "x.hatenablog.com",
        "x.hatenablog.com-archive",
    }
    assert kb(tmp_path, "sources", "add", "ftp://example.org/")[0] != 0


def test_the_list_as_json_tells_health_and_next_check(tmp_path: Path) -> None:
    _, out = kb(tmp_path, "sources", "list", "--all", "--json")
    rows = {row["name"]: row for row in json.loads(out)}
    assert rows["whats-new-en"]["state"] == "new" and rows["doc-history-ec2"]["state"] == "off"


def test_enabling_a_source_trusts_it_again(tmp_path: Path) -> None:
    library = Library(tmp_path)
    ringing = SourceState(name="aws-blog-hpc", alarm="it holds no entry", stopped=True, count=9)
    library.keep_source_states([ringing])
    kb(tmp_path, "sources", "enable", "aws-blog-hpc")
    state = library.source_states()["aws-blog-hpc"]
    assert (state.alarm, state.stopped, state.count) == ("", False, 0)


def test_states_and_slices_come_back_as_they_were_kept(tmp_path: Path) -> None:
    from datetime import UTC, datetime

    when = datetime(2020, 12, 7, tzinfo=UTC)
    library = Library(tmp_path)
    state = SourceState(name="a", checked=when, etag='"x"', shape=("rss", "id"), hole_from=when)
    part = Slice(
        source="a", name="year 2020", total=3, asked=2, seen=frozenset({"x", "y"}), checked=when
    )
    library.keep_source_states([state])
    library.keep_slices([part])
    assert library.source_states() == {"a": state}
    assert library.slices("a") == (part,) == library.slices()
    assert library.slices("b") == ()
