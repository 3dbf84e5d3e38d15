"""HTML becomes Markdown that keeps its shape and cannot run."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawler.markup import defuse, mend_link, one_line, tidy, to_markdown

BASE = "https://aws.amazon.com/about-aws/whats-new/2022/03/x/"


@pytest.mark.parametrize(
    ("html", "markdown"),
    [
        ("<h2>A</h2><p>b <b>c</b></p>", "## A\n\nb **c**"),
        ("<ul><li>a<ul><li>b</li></ul></li><li>c</li></ul>", "- a\n  - b\n- c"),
        ("<ol><li>a</li><li>b</li></ol>", "1. a\n2. b"),
        ("<p>see <a href='/lex/'>Lex</a></p>", "see [Lex](https://aws.amazon.com/lex/)"),
        ("<p><img src='/a.png' alt='x'></p>", "![x](https://aws.amazon.com/a.png)"),
        (
            "<table><tr><th>a</th><th>b</th></tr><tr><td>1</td><td>2</td></tr></table>",
            "| a | b |\n| --- | --- |\n| 1 | 2 |",
        ),
        (
            "<pre><code class='language-py'>x = 1\n  y</code></pre>",
            "```py\nx = 1\n  y\n```",
        ),
        ("<p>use <code>aws s3</code></p>", "use `aws s3`"),
        ("a<br><br>b", "a\n\nb"),
        ("<p>one\n   two</p>", "one two"),
        ("&lt;p&gt;once &amp;amp; more&lt;/p&gt;", "once & more"),
        ("plain &amp; simple&nbsp;text", "plain & simple text"),
        ("<p>a&nbsp;b</p>", "a b"),
        ("<p>x<script>alert(1)</script><style>p{}</style></p>", "x"),
        ("<p><a href='javascript:alert(1)'>x</a></p>", "x"),
        ("<p><a href=' jAvaScript:alert(1)'>x</a><a href='data:text/html,y'>y</a></p>", "xy"),
        ("<!-- hidden --><p>x</p>", "x"),
        ("<p>● First point</p>", "- First point"),
        ("<p>a_b * c</p>", "a_b * c"),
        ("", ""),
    ],
)
def test_html_becomes_this_markdown(html: str, markdown: str) -> None:
    assert to_markdown(html, BASE) == markdown


def test_words_that_a_blog_links_to_its_dictionary_lose_the_link() -> None:
    html = '<p><a class="keyword" href="http://d.hatena.ne.jp/keyword/%A5%A2">API</a></p>'
    assert to_markdown(html) == "API"


@pytest.mark.parametrize(
    ("target", "address"),
    [
        ("//aws.amazon.com/x", "https://aws.amazon.com/x"),
        ("https://www.google.com/url?q=https://e.org/a&sa=D", "https://e.org/a"),
        ("https://hatenablog-parts.com/embed?url=https%3A%2F%2Fe.org%2Fa", "https://e.org/a"),
        ("https://alpha.www.docs.aws.a2z.com/lambda/x", "https://docs.aws.amazon.com/lambda/x"),
        ("https://e.org/a b", "https://e.org/a%20b"),
        ("../2022/03/y/", "https://aws.amazon.com/about-aws/whats-new/2022/03/2022/03/y/"),
        ("javascript:alert(1)", None),
        ("java\tscript:alert(1)", None),
        ("mailto:a@e.org", None),
        ("#top", None),
        ("", None),
        ("http://[bad", None),
    ],
)
def test_a_link_leads_to_an_absolute_address_or_nowhere(target: str, address: str | None) -> None:
    assert mend_link(target, BASE) == address


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("  A \n  B\u00a0\u3000C ", "A B C"),
        ("<b>Bold</b> &amp; more", "Bold & more"),
        ("a <script>alert(1)</script> b", "a b"),
        ("List<String> stays", "List<String> stays"),
        ("a\x00\x0b\u202eb\ufeff", "ab"),
        ("&lt;script&gt;alert(1)&lt;/script&gt;x", "x"),
    ],
)
def test_a_line_has_no_tags_no_controls_and_single_blanks(text: str, line: str) -> None:
    assert one_line(text) == line


def test_somebodys_markdown_loses_what_runs_and_keeps_its_code() -> None:
    code = "```html\n<script>1</script>\n```"
    text = f"a <script>alert(1)</script>\n\n[x](javascript:alert(1))\n\n{code}"
    assert defuse(text) == f"a\n\n[x]()\n\n{code}"


def test_a_page_nested_ten_thousand_deep_keeps_its_words() -> None:
    assert "word" in to_markdown("<div>" * 10_000 + "word")


@given(st.text(max_size=300))
def test_no_text_breaks_the_converter_and_nothing_runnable_is_linked(text: str) -> None:
    markdown = to_markdown(f"<p>{text}</p><a href='{text}'>x</a>", BASE)
    assert "](javascript:" not in markdown.lower()
    assert "\x00" not in markdown


@given(st.text(max_size=300))
def test_tidying_twice_is_tidying_once(text: str) -> None:
    assert tidy(tidy(text)) == tidy(text)
    assert one_line(one_line(text)) == one_line(one_line(one_line(text)))
