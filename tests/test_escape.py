"""Foreign text in the app's Markdown is shown as it is and never obeyed."""

import html

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from ui.parts.blocks import pieces
from ui.parts.escape import escape, link, pill, safe_address
from ui.parts.readable import readable

PARSER = MarkdownIt("commonmark", {"html": True}).enable(["table", "strikethrough"])
LINE = st.text(st.characters(exclude_categories=("Cc", "Cs", "Cf", "Zs", "Zl", "Zp", "Mn", "Co")))


def shown(markdown: str) -> str:
    """What a person reads of one paragraph, or the marks that are not text."""
    tokens = PARSER.parse(markdown)
    if not tokens:
        return ""
    assert [t.type for t in tokens] == ["paragraph_open", "inline", "paragraph_close"], tokens
    children = tokens[1].children or []
    assert {t.type for t in children} <= {"text"}, children
    return "".join(t.content for t in children)


@given(LINE)
def test_escaped_text_reads_as_it_was(text: str) -> None:
    assert shown(escape(text)).replace("\u2060", "") == " ".join(text.split())


@pytest.mark.parametrize(
    "text",
    [
        "<script>alert(1)</script>",
        "<img src=x onerror=alert(1)>",
        "[x](javascript:alert(1))",
        "![x](https://evil.example/p.png)",
        "# heading",
        "1. item",
        "- item",
        "> quote",
        ":red[text] :material/home: :smile: $x^2$",
        "`code` ~~gone~~ **bold** _it_",
        "&lt;b&gt; &#60;",
        "| a | b |",
        "line\nbreak\u2028and\u202ertl",
    ],
)
def test_signs_mean_nothing(text: str) -> None:
    told = shown(escape(text))
    assert "<" not in text or "<" in told


def test_names_between_colons_become_no_pictures() -> None:
    assert ":smile:" not in shown(escape("a :smile: b"))
    assert ":material/home:" not in shown(escape(":material/home:"))


@pytest.mark.parametrize(
    "url",
    [
        "javascript:alert(1)",
        "data:text/html,<script>alert(1)</script>",
        "//evil.example",
        "vbscript:x",
        "file:///etc/passwd",
        "https://a.example/\njavascript:alert(1)",
        "",
        None,
    ],
)
def test_only_web_addresses_become_links(url: str | None) -> None:
    assert safe_address(url) == ""
    assert link("words", url) == "words"


def test_an_address_cannot_leave_its_link() -> None:
    address = safe_address('https://a.example/x) ![p](https://evil.example/p.png "t')
    assert not set(address) & set("()<>[] \"'`")
    assert PARSER.parse(link("a]b", "https://a.example/x)y"))[1].children[0].type == "link_open"  # type: ignore[index]


def test_marked_words_stand_out_and_nothing_else() -> None:
    marked = f"{html.escape('<b>&')} <mark>Red*shift</mark> &amp; more"
    assert pieces(marked) == ["<b>& ", "Red*shift", " & more"]
    assert pieces("plain") == ["plain"]


def test_a_pill_keeps_its_colours_whatever_it_says() -> None:
    told = pill('x]{foreground="red"}', "123456")
    inside = told.removeprefix(":color[").partition("]{")[0]
    assert inside.endswith('\\{foreground\\=\\"red\\"\\}\u00a0')
    assert told.endswith(']{foreground="#FFFFFF" background="#123456"}')


BODY = """# Title <script>alert(1)</script>

Text *em* **strong** [bad](javascript:alert(1)) [good](https://a.example/x_(y))
![pic](https://evil.example/p.png) :red[x] $y$

- one
- two
  1. inner

> quoted

| a | b |
|---|---|
| 1 | <b>2</b> |

```mermaid
graph TD
```

<iframe src="https://evil.example"></iframe>
"""


def test_a_body_keeps_its_structure_and_loses_its_teeth() -> None:
    tokens = PARSER.parse(readable(BODY))
    kinds = {t.type for t in tokens} | {c.type for t in tokens for c in t.children or []}
    assert {"bullet_list_open", "ordered_list_open", "blockquote_open", "table_open"} <= kinds
    assert not kinds & {"html_block", "html_inline", "image"}
    links = [c.attrGet("href") for t in tokens for c in t.children or [] if c.type == "link_open"]
    assert links == ["https://a.example/x%5F%28y%29"]
    assert [t.info for t in tokens if t.type == "fence"] == ["text"]
    assert tokens[0].tag == "h3"


@given(st.text(alphabet=st.sampled_from("ab <>[]()!*_`#-+|:$&\\\n\t1.~\"'/=漢")))
def test_no_body_whatever_becomes_html_pictures_or_foreign_links(text: str) -> None:
    tokens = PARSER.parse(readable(text))
    kinds = {t.type for t in tokens} | {c.type for t in tokens for c in t.children or []}
    assert not kinds & {"html_block", "html_inline", "image"}
    for token in tokens:
        for child in token.children or []:
            if child.type == "link_open":
                assert str(child.attrGet("href")).startswith(("http://", "https://"))
