"""Finding: from a person's words to hits, end to end on a real store and index."""

import html
import json
import re
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from click.testing import CliRunner
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from index.entry import Entry
from index.errors import ConfigError
from index.library import Library
from index.search.query import Page, Query
from ui.cli import cli

FIRST = datetime(2020, 12, 1, 12, tzinfo=UTC)
AWS = "https://aws.amazon.com"


def announcement(day: int, title: str, text: str = "", slug: str = "", lang: str = "en") -> Entry:
    prefix = "/jp" if lang == "ja" else ""
    return Entry(
        kind="announcement",
        title=title,
        published=FIRST + timedelta(days=day),
        source=f"whats-new-{lang}",
        lang=lang,
        url=f"{AWS}{prefix}/about-aws/whats-new/2020/12/{slug or f'launch-{day}'}/",
        text=text,
    )


ENTRIES = (
    announcement(0, "Announcing the preview of Amazon Redshift data sharing",
                 "Share live data across clusters. Available in us-east-1.", "redshift-sharing"),
    announcement(1, "Amazon ECR announces cross region replication of images", "", "ecr-cross"),
    announcement(2, "AWS Single Sign-On adds a directory", "AWS SSO now has it.", "sso-directory"),
    announcement(3, "AWS IAM Identity Center supports sessions", "", "center-sessions"),
    announcement(4, "AWS Lambda now supports container images", "Package functions.", "fn-images"),
    announcement(4, "AWS Lambda がコンテナイメージのサポートを開始", "関数。", "fn-images", "ja"),
    announcement(5, "Amazon Kendra adds connectors", "For .NET 8 and C# developers.", "kendra"),
    announcement(6, "Amazon Kendra is cheaper", "", "kendra-cheap"),
    announcement(7, "Amazon RDS supports PostgreSQL 17 and t4g.micro", "IPv6, too.", "rds"),
    announcement(8, "サーバーレスなデータ共有とマルチアカウント", "問い合わせ。", "ja-one", "ja"),
    announcement(9, "Amazon S3 <script> & storage", "a < b & c", "odd"),
    Entry(kind="note", title="DOP309: how we deploy", published=FIRST, source="example.org",
          text="Notes of DOP309. " + "Nothing else. " * 60 + "The pipeline has a quokka stage."),
)  # fmt: skip


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Library:
    library = Library(tmp_path_factory.mktemp("kb"), clock=lambda: FIRST + timedelta(days=30))
    library.add(ENTRIES)
    return library


def titles(library: Library, text: str, **filters: object) -> list[str]:
    return [hit.title for hit in library.find(Query(text=text, **filters)).hits]  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("redshift data sharing", "Redshift data sharing"),
        ("Redshiftのデータ共有", "Redshift data sharing"),
        ("コンテナイメージのリージョン間レプリケーション ECR", "ECR announces"),
        ("ラムダ コンテナ", "Lambda"),
        ("SSO", "Single Sign-On"),
        ("IAM Identity Center", "IAM Identity Center"),
        ("us-east-1", "Redshift"),
        (".NET 8", "Kendra adds"),
        ("C#", "Kendra adds"),
        ("PostgreSQL 17", "PostgreSQL 17"),
        ("t4g.micro", "t4g.micro"),
        ("IPv6", "RDS"),
        ("S3", "S3"),
        ("DOP309", "DOP309"),
        ("サーバレス", "サーバーレス"),
        ("問合せ", "サーバーレス"),
        ("quok*", "DOP309"),
        ('"cross region"', "ECR"),
    ],
)
def test_entries_are_found_as_people_ask(library: Library, query: str, expected: str) -> None:
    assert expected in titles(library, query)[0]


def test_former_and_present_names_find_each_other_and_say_so(library: Library) -> None:
    for name in ("AWS Single Sign-On", "IAM Identity Center", "SSO"):
        page = library.find(Query(text=name))
        assert page.total == 2
        assert "formerly AWS Single Sign-On" in page.notice


def test_copies_of_a_story_are_one_hit(library: Library) -> None:
    page = library.find(Query(text="Lambda container images"))
    assert page.total == 1
    assert [copy.lang for copy in page.hits[0].copies] in (["en"], ["ja"])


def test_a_typing_error_is_forgiven_and_named(library: Library) -> None:
    page = library.find(Query(text="Kendora"))
    assert page.total == 2
    assert page.corrected == "Kendra"
    assert "Kendora" in page.notice


def test_words_that_no_entry_has_together_find_entries_with_some(library: Library) -> None:
    page = library.find(Query(text="kendra quokka replication"))
    assert page.total >= 3
    assert "some of them" in page.notice


def test_a_date_that_cannot_be_read_hides_nothing(library: Library) -> None:
    page = library.find(Query(text="since:someday kendra"))
    assert page.total == 2
    assert "was not understood" in page.notice


def test_some_of_the_words_still_obey_the_filters(library: Library) -> None:
    page = library.find(Query(text='"kendra quokka" kendra quokka kind:note'))
    assert [hit.kind for hit in page.hits] == ["note"]


def test_nothing_is_found_where_nothing_is(library: Library) -> None:
    page = library.find(Query(text="zyxwvu"))
    assert (page.total, page.hits) == (0, ())


def test_filters_take_any_name_of_a_value(library: Library) -> None:
    assert titles(library, "", service=("ecr",)) == [
        "Amazon ECR announces cross region replication of images"
    ]
    assert all(
        "Identity" in t or "Sign-On" in t for t in titles(library, "", area=("セキュリティ",))
    )
    assert len(titles(library, "", lang=("日本語",), fold=False)) == 2
    assert titles(library, "", kind=("メモ",)) == ["DOP309: how we deploy"]


def test_an_unknown_area_is_named_with_the_choices(library: Library) -> None:
    with pytest.raises(ConfigError, match="did you mean 'Security'"):
        library.find(Query(text="x", area=("securty",)))


def test_pages_follow_each_other(library: Library) -> None:
    whole = titles(library, "", limit=100)
    parts = [t for o in range(0, len(whole), 5) for t in titles(library, "", limit=5, offset=o)]
    assert parts == whole


def test_an_order_in_the_text_is_kept(library: Library) -> None:
    assert titles(library, "kendra sort:oldest") == list(
        reversed(titles(library, "kendra sort:newest"))
    )


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(text=st.text(max_size=60))
def test_find_never_raises_on_any_string(library: Library, text: str) -> None:
    page = library.find(Query(text=text))
    for hit in page.hits:
        _is_marked_text(page, hit.marked_title, hit.title)


def _is_marked_text(page: Page, marked: str, text: str) -> None:
    assert re.sub("</?mark>", "", marked) == html.escape(text)


def test_a_text_is_completed_in_both_languages(library: Library) -> None:
    def texts(typed: str) -> list[str]:
        return [s.text for s in library.complete(typed)]

    assert texts("lamb")[0] == "AWS Lambda"
    assert texts("ラム")[0] == "AWS Lambda"
    assert "redshift replication" not in texts("redshift repl")
    assert "redshift data" in texts("redshift dat")
    assert "データ" in " ".join(texts("デー"))
    assert texts("") == texts("lambda ") == []
    assert "Amazon Kendra is cheaper" in texts("kend")


@settings(deadline=None)
@given(text=st.text(max_size=40))
def test_completion_never_raises(library: Library, text: str) -> None:
    assert len(library.complete(text, limit=5)) <= 5


def test_more_like_an_entry_leaves_its_own_story_out(library: Library) -> None:
    kendra = library.find(Query(text="kendra connectors")).hits[0]
    alike = library.alike(kendra.id)
    assert alike[0].title == "Amazon Kendra is cheaper"
    assert kendra.id not in [hit.id for hit in alike]
    assert library.alike("no such id") == ()


def test_a_saved_search_counts_what_arrived_since_it_was_seen(tmp_path: Path) -> None:
    library = Library(tmp_path, clock=lambda: FIRST)
    library.add(ENTRIES[:3])
    library.saved.save("ecr", Query(text="ECR", area=("Containers", "Security"), since=FIRST))
    assert [(s.name, s.new) for s in library.saved.all()] == [("ecr", 0)]
    library.add([announcement(20, "Amazon ECR scans images"), announcement(21, "Amazon EKS")])
    assert library.saved.get("ecr").new == 1
    assert library.saved.look("ecr").new == 1
    assert library.saved.get("ecr").new == 0
    assert library.saved.get("ecr").query.since == FIRST
    library.saved.drop("ecr")
    assert library.saved.all() == ()
    with pytest.raises(ConfigError, match="none yet"):
        library.saved.get("ecr")


def test_saved_searches_at_the_prompt(tmp_path: Path) -> None:
    library = Library(tmp_path, clock=lambda: FIRST)
    library.add(ENTRIES)

    def saved(*words: str) -> tuple[int, str]:
        result = CliRunner().invoke(cli, ["--data", str(tmp_path), "saved", *words])
        return result.exit_code, result.stdout

    assert saved("add", "k", "kendra") == (0, "k: kendra\n")
    assert saved("list") == (0, "k\t0 new\tkendra\n")
    code, out = saved("show", "k")
    assert code == 0
    assert out.index("cheaper") < out.index("connectors")
    assert saved("drop", "k")[0] == 0
    assert saved("list") == (0, "")


def run(library: Library, *words: str) -> tuple[int, str, str]:
    result = CliRunner().invoke(cli, ["--data", str(library.folder), "find", *words])
    return result.exit_code, result.stdout, result.stderr


def test_the_command_prints_json_for_machines(library: Library) -> None:
    code, out, _ = run(library, "pipeline quokka", "--json")
    page = json.loads(out)
    assert code == 0
    assert set(page) >= {"total", "hits", "facets", "notice"}
    hit = page["hits"][0]
    assert set(hit) >= {
        "id", "kind", "title", "url", "published", "lang", "source", "area", "services",
        "stage", "excerpt", "score", "copies",
    }  # fmt: skip
    assert "<mark>quokka</mark>" in hit["excerpt"]
    assert page["facets"]["kind"] == [["note", 1]]


def test_the_command_prints_text_without_codes_where_colours_are_not_shown(
    library: Library,
) -> None:
    code, out, _ = run(library, "kendra")
    assert code == 0
    assert "2 hits for kendra" in out
    assert "\x1b" not in out
    assert "<mark>" not in out


def test_finding_nothing_is_exit_code_one(library: Library) -> None:
    code, out, err = run(library, "zyxwvu")
    assert (code, out) == (1, "")
    assert "Nothing was found" in err
    code, out, _ = run(library, "zyxwvu", "--json")
    assert (code, json.loads(out)["total"]) == (1, 0)


def test_the_command_says_what_was_meant_on_stderr(library: Library) -> None:
    code, out, err = run(library, "Kendora")
    assert code == 0
    assert "Kendra" in err
    assert "Note" not in out


def test_dates_bound_the_command(library: Library) -> None:
    assert run(library, "kendra", "--since", "2020-12-07", "--until", "2020-12-31")[0] == 0
    assert run(library, "kendra", "--until", "2020-12-05")[0] == 1
