"""Digests come apart into items, however their author sets them out."""

from datetime import UTC, datetime

import pytest

from crawler.imports.notes import read_markdown
from crawler.origin import Origin
from crawler.periods import find_span
from index.entry import Entry

NOW = datetime(2026, 11, 23, tzinfo=UTC)
NEWS = "https://aws.amazon.com/about-aws/whats-new/2023"


def digest(text: str, name: str = "digest.md") -> Entry:
    (entry,) = read_markdown(text, Origin(name=name, path=name, now=NOW)).entries
    assert entry.kind == "digest"
    return entry


def test_headings_under_area_headings_are_items() -> None:
    entry = digest(
        "# AWS updates 4/3-4/7, 2023\n\n## Storage\n\n### S3 gets faster\n\nTwice as fast.\n\n"
        f"[news]({NEWS}/04/s3-fast/)\n\n### EFS shrinks\n\nIt does.\n\n"
        "## Compute\n\n### EC2 grows\n\nYes."
    )
    assert [(p.label, p.title) for p in entry.parts] == [
        ("Storage", "S3 gets faster"),
        ("Storage", "EFS shrinks"),
        ("Compute", "EC2 grows"),
    ]
    assert entry.parts[0].url == f"{NEWS}/04/s3-fast/"
    assert {p.published for p in entry.parts} == {datetime(2023, 4, 7, tzinfo=UTC)}


def test_bullets_under_area_headings_are_items() -> None:
    entry = digest(
        "# 週刊AWSアップデートまとめ (2023/4/3〜2023/4/9)\n\n## コンピューティング\n"
        f"- [EC2 の新機能]({NEWS}/04/ec2/)\n  - 速い\n- **Lambda**: 新しいランタイム\n\n"
        f"## ストレージ\n- [S3 の新機能]({NEWS}/04/s3/)\n"
    )
    assert [(p.label, p.title, p.url) for p in entry.parts] == [
        ("コンピューティング", "EC2 の新機能", f"{NEWS}/04/ec2/"),
        ("コンピューティング", "Lambda", None),
        ("ストレージ", "S3 の新機能", f"{NEWS}/04/s3/"),
    ]
    assert entry.parts[0].text.endswith("速い")


def test_services_between_area_and_item_do_not_become_the_area() -> None:
    entry = digest(
        "# AWS 更新情報 (2025-11-02 ～ 2025-11-08)\n\n## 目次\n1. [x](#x)\n\n"
        "## 💻 コンピュート系\n\n"
        "### EC2 - サーバー\n\n#### R8a の発表\n- **日付**: 2025-11-05\n"
        f"- **リンク**: [{NEWS}/11/r8a/]({NEWS}/11/r8a/)\n- **概要**: 新しい。\n\n---\n\n"
        "#### 別の発表\n- **日付**: 2025-11-04\n- **概要**: これも。\n\n"
        "## 📊 統計情報\n\n- **合計**: 2 件\n"
    )
    assert [(p.label, p.title, p.text) for p in entry.parts] == [
        ("コンピュート系", "R8a の発表", "新しい。"),
        ("コンピュート系", "別の発表", "これも。"),
    ]
    assert [p.published.day for p in entry.parts] == [5, 4]
    assert entry.parts[0].url == f"{NEWS}/11/r8a/"
    assert entry.published == datetime(2025, 11, 8, tzinfo=UTC)


def test_areas_that_return_under_several_headings_are_the_areas() -> None:
    links = "\n".join(f"- [a{n}](https://aws.amazon.com/blogs/aws/a{n}/)" for n in range(3))
    text = f"## aws-update\n### aiml\n{links}\n### dev\n- [b](https://e.org/b)\n"
    entry = digest(
        text + "## misc\n### aiml\n- [c](https://e.org/c)\n### dev\n", "news-2024-01-07.md"
    )
    assert {p.label for p in entry.parts} == {"aiml", "dev"}
    assert [p.kind for p in entry.parts] == ["blog"] * 3 + ["article"] * 2
    assert entry.published == datetime(2024, 1, 7, tzinfo=UTC)


def test_an_item_that_names_two_announcements_has_no_address_of_its_own() -> None:
    entry = digest(
        f"# Updates 4/3-4/7, 2023\n\n## A\n\n### One\n\n{NEWS}/04/x/ and {NEWS}/04/y/\n\n"
        "### Two\n\nb\n\n### Three\n\nc"
    )
    assert [p.url for p in entry.parts] == [None, None, None]


def test_two_items_of_one_title_stay_two() -> None:
    entry = digest(
        "# Updates 4/3-4/7, 2023\n\n## A\n\n"
        + "".join(f"### {name}\n\ntext {n}\n\n" for n, name in enumerate("NNOPQRS"))
    )
    assert [p.title for p in entry.parts][:2] == ["N", "N (2)"]


def test_a_week_without_news_is_still_a_digest() -> None:
    entry = digest("# AWS 更新情報 (2025-11-09 ～ 2025-11-15)\n\n## 目次\n\n合計: 0 件\n")
    assert entry.parts == ()


def test_an_article_with_headings_is_no_digest() -> None:
    text = "# How to set up a VPC\n\n## First\n\na\n\n## Second\n\nb\n\n## Third\n\nc\n"
    (entry,) = read_markdown(text, Origin(name="x.md", now=NOW)).entries
    assert (entry.kind, entry.parts) == ("article", ())


@pytest.mark.parametrize(
    ("title", "first", "last"),
    [
        ("re:Invent 2020 2週目(12/7~12/11)のまとめ", (2020, 12, 7), (2020, 12, 11)),
        ("AWS 更新情報 (2025-11-02 ～ 2025-11-08)", (2025, 11, 2), (2025, 11, 8)),
        ("アップデート 12/28〜1/3", (2020, 12, 28), (2021, 1, 3)),
        ("News of Dec 7 – 11, 2020", (2020, 12, 7), (2020, 12, 11)),
        ("AWS week of December 7, 2020", (2020, 12, 7), (2020, 12, 13)),
        ("週刊AWS – 2020年12月7日週", (2020, 12, 7), (2020, 12, 13)),
        ("Digest 2020-W50", (2020, 12, 7), (2020, 12, 13)),
        ("2020年12月7日〜12月11日", (2020, 12, 7), (2020, 12, 11)),
    ],
)
def test_the_period_of_a_title_is_found(
    title: str, first: tuple[int, int, int], last: tuple[int, int, int]
) -> None:
    span = find_span(title, datetime(2021, 1, 5, tzinfo=UTC))
    assert span is not None
    assert (span.first, span.last) == (datetime(*first, tzinfo=UTC), datetime(*last, tzinfo=UTC))


@pytest.mark.parametrize("title", ["Up to 3-5 times faster", "13/1-14/1", "2/30-2/31 2020", "1/2"])
def test_what_is_no_period_is_none(title: str) -> None:
    assert find_span(title, NOW) is None


def test_lines_marked_as_headings_are_headings() -> None:
    entry = digest(
        "# 今週のAWSアップデート (2021/3/1〜3/7)\n\n■コンピュート\n"
        f"- EC2が速くなった {NEWS}/03/ec2/\n- Lambdaの新機能\n\n"
        "■ストレージ\n- S3の新機能\n  説明です。\n"
    )
    assert [(p.label, p.title, p.url, p.text) for p in entry.parts] == [
        ("コンピュート", "EC2が速くなった", f"{NEWS}/03/ec2/", ""),
        ("コンピュート", "Lambdaの新機能", None, ""),
        ("ストレージ", "S3の新機能", None, "説明です。"),
    ]


def test_numbered_items_under_bold_areas_are_items() -> None:
    entry = digest(
        "# AWS weekly digest: March 1 - March 7, 2021\n\n**Compute**\n\n1. **EC2 C6gn** in Tokyo.\n"
        "2. **Lambda** with 10 GB.\n\n**Storage**\n\n1. Object Lambda: data changed on reading\n"
    )
    assert [(p.label, p.title) for p in entry.parts] == [
        ("Compute", "EC2 C6gn"),
        ("Compute", "Lambda"),
        ("Storage", "Object Lambda"),
    ]


def test_rows_of_a_table_are_items() -> None:
    rows = "".join(f"| 2021-03-0{n} | [News {n}]({NEWS}/03/n{n}/) | Storage |\n" for n in (1, 2, 3))
    entry = digest(
        f"# Weekly AWS updates (3/1-3/7, 2021)\n\n| Date | News | Area |\n|---|---|---|\n{rows}"
    )
    assert [(p.label, p.title, p.published.day) for p in entry.parts] == [
        ("Storage", f"News {n}", n) for n in (1, 2, 3)
    ]
