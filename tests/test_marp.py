"""Decks as Marp Markdown: untrusted text means nothing but itself."""

import re
from shutil import which

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from tests.deck_weeks import empty_week, stress_week
from ui.decks.marp import comment, escaped, link, marp
from ui.decks.week import outline_of_digest

PARSER = MarkdownIt("commonmark", {"html": True}).enable(["table", "strikethrough"])


def rendered(text: str) -> str:
    """What a Markdown reader shows of one line, tags left in."""
    return PARSER.renderInline(text)


@given(st.text(st.sampled_from("abあ #-*_`[]()<>!&;:~|\\1.+=\"'/\n\x00\u202e"), max_size=60))
def test_escaped_text_starts_no_element(text: str) -> None:
    html = PARSER.render(f"- {escaped(text)}")
    tags = set(re.findall(r"</?([a-z0-9]+)", html))
    assert tags <= {"ul", "li"}


@pytest.mark.parametrize(
    "text",
    [
        "# heading",
        "---",
        "<script>alert(1)</script>",
        "![x](https://example.com/x.png)",
        "[x](javascript:alert(1))",
        "**bold** _it_ `code` ~~gone~~",
        "| a | b |",
        "$x^2$ and $5",
        ":smile:",
        "&lt;b&gt;",
        "<!-- theme: x -->",
    ],
)
def test_what_a_text_says_is_what_is_read(text: str) -> None:
    from html import unescape

    shown = unescape(re.sub(r"</?(?:ul|li|p)>", "", PARSER.render(f"x {escaped(text)}"))).strip()
    assert shown == f"x {text}"


@pytest.mark.parametrize(
    "text",
    ["--> <script>x</script>", "theme: gaia", "_class: lead\ntheme: x", "<!-- a -->", "a--b"],
)
def test_notes_can_neither_end_their_comment_nor_direct_marp(text: str) -> None:
    written = comment(text)
    assert written.count("-->") == written.count("<!--") == 1
    assert not re.search(r"^\s*[$_\w]+:\s", written, re.M)


def test_links_lead_to_http_only() -> None:
    assert link("x", "javascript:alert(1)") == "x"
    assert link("x", None) == "x"
    assert link("a]b", "https://a.example/(1)") == "[a\\]b](<https://a.example/%281%29>)"


def test_the_deck_has_front_matter_and_one_slide_a_page() -> None:
    outline = outline_of_digest(stress_week(30), "ja")
    text = marp(outline)
    head, _, body = text.partition("\n---\n\n")
    assert head.startswith("---\nmarp: true\n")
    assert 'title: "AWS アップデート 2020-W50"' in head
    pages = body.split("\n\n---\n\n")
    assert len(pages) >= len(outline.slides)
    assert all(re.search(r"^#{1,2} ", page, re.M) for page in pages)


def test_the_agenda_leads_to_the_sections() -> None:
    text = marp(outline_of_digest(stress_week(30), "ja"))
    pages = text.partition("\n---\n\n")[2].split("\n\n---\n\n")
    agenda = next(page for page in pages if "\n## アジェンダ" in f"\n{page}")
    assert agenda.startswith("<!-- _class: dense")  # twenty-one areas are many lines
    stops = re.findall(r"\[(.+?)\]\(#(\d+)\)", agenda)
    assert len(stops) == 21
    for name, number in stops:
        assert f"# {name} " in pages[int(number) - 1]


def test_every_update_keeps_its_text_and_address_in_the_notes() -> None:
    week = stress_week(8)
    text = marp(outline_of_digest(week, "ja"))
    for item in week.items:
        assert item.url in text


def test_an_empty_week_is_a_deck_too() -> None:
    assert "この期間のアップデートはありません" in marp(outline_of_digest(empty_week(), "ja"))


@pytest.mark.browser
@pytest.mark.skipif(which("marp") is None, reason="marp-cli is not installed")
def test_marp_renders_every_page(tmp_path) -> None:  # type: ignore[no-untyped-def]
    import subprocess

    outline = outline_of_digest(stress_week(30), "ja")
    source = tmp_path / "deck.md"
    source.write_text(marp(outline), encoding="utf-8")
    subprocess.run(["marp", str(source), "--pdf", "--no-stdin"], check=True, timeout=120)
    info = subprocess.run(["pdfinfo", str(tmp_path / "deck.pdf")], capture_output=True, text=True)
    pages = int(re.search(r"Pages:\s+(\d+)", info.stdout)[1])  # type: ignore[index]
    assert pages == marp(outline).count("\n\n---\n\n") + 1


def test_a_slide_of_many_lines_takes_smaller_letters() -> None:
    pages = marp(outline_of_digest(stress_week(), "ja")).split("\n\n---\n\n")
    classes = re.compile(r"^<!-- _class: (?:area )?(dense|denser) -->")
    bodies = [re.sub(r"(?s)<!--.*?-->", "", page) for page in pages]
    listed = [len(re.findall(r"^(?:-|\d\.) ", body, re.M)) for body in bodies]
    small = [bool(classes.match(page.removeprefix("\n"))) for page in pages]
    assert any(small) and not all(small)
    assert all(is_small for is_small, count in zip(small, listed, strict=True) if count > 11)
