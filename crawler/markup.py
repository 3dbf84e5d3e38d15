"""HTML from strangers, turned into Markdown or into one line of text that cannot run."""

import html
import re
import warnings
from typing import Any
from urllib.parse import parse_qs, urljoin, urlsplit

from bs4 import BeautifulSoup, MarkupResemblesLocatorWarning, Tag, XMLParsedAsHTMLWarning
from bs4.element import Comment, Doctype, NavigableString
from bs4.exceptions import ParserRejectedMarkup
from markdownify import MarkdownConverter

from index.address import is_web_address

# XHTML looks like XML to the parser, and short texts like a file's name: neither is news.
warnings.filterwarnings("ignore", category=XMLParsedAsHTMLWarning)
warnings.filterwarnings("ignore", category=MarkupResemblesLocatorWarning)

_CONTROL = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u200b\u200e\u200f\u202a-\u202e\u2060-\u2069\ufeff\ufffe\uffff]"
)
_SURROGATE = re.compile("[\ud800-\udfff]")
_BLANKS = re.compile(r"[\s\u00a0\u3000]+")
_SPECIAL = re.compile("[<&]|  ")
_HTML_NAMES = (
    "a|abbr|article|b|blockquote|body|br|center|code|dd|del|div|dl|dt|em|figure|font|form|h[1-6]|"
    "head|hr|html|i|iframe|img|input|ins|kbd|li|link|main|mark|meta|nav|object|ol|p|picture|pre|q|"
    "s|samp|script|section|small|span|strike|strong|style|sub|sup|svg|table|tbody|td|th|thead|"
    "tr|tt|u|ul|var|video|audio|embed|aside|header|footer|details|summary|time|button|cite"
)
_TAG = re.compile(rf"</?(?:{_HTML_NAMES})(?=[\s/>])[^<>]*>", re.I)
_ENCODED_TAG = re.compile(rf"&lt;/?(?:{_HTML_NAMES})(?:\s[^<>]{{0,2000}}?)?/?&gt;", re.I)
_DROPPED = ("script", "style", "noscript", "template", "svg", "button", "object", "embed")
_OPEN_DROPPED = re.compile(r"<(script|style)\b.*?(?:</\1\s*>|\Z)", re.I | re.S)
_BAD_TARGET = re.compile(
    r"(\]\(|\]:\s*|<)\s*(?:javascript|vbscript|data|file)\s*:(?:[^()\s<>]|\([^()]*\))*", re.I
)
_PREVIEW_HOST = re.compile(r"^(?:[a-z-]+\.)*docs\.aws\.a2z\.com$")
_REDIRECTS = {
    ("www.google.com", "/url"),
    ("google.com", "/url"),
    ("hatenablog-parts.com", "/embed"),
}
_KEYWORD_LINK = re.compile(r"^https?://d\.hatena\.ne\.jp/keyword/", re.I)


def without_control(text: str) -> str:
    """The text without control characters, byte-order marks and direction overrides."""
    return _CONTROL.sub(
        "", _SURROGATE.sub("\ufffd", text.replace("\r\n", "\n").replace("\r", "\n"))
    )


def one_line(text: str) -> str:
    """A title, a name or an excerpt: no tags, no control characters, single blanks."""
    if text.isprintable() and not _SPECIAL.search(text):
        return text.strip()
    text = without_control(text)
    if _TAG.search(text):
        text = _TAG.sub(" ", _OPEN_DROPPED.sub(" ", text))
    if "&" in text:
        text = html.unescape(text)
        if _TAG.search(text):
            text = _TAG.sub(" ", _OPEN_DROPPED.sub(" ", text))
    return _BLANKS.sub(" ", without_control(text)).strip()


def is_html(text: str) -> bool:
    """True when the text holds an HTML tag, plain or encoded as an entity."""
    return bool(_TAG.search(text) or _ENCODED_TAG.search(text))


def to_markdown(text: str, base: str = "") -> str:
    """The Markdown of an HTML fragment; text without tags comes back as it is, cleaned.

    Headings, lists, tables, code, links and pictures stay; scripts, styles and links that
    are not http(s) go. `base` resolves relative addresses. A body that was encoded once
    too often (`&lt;p&gt;`) is decoded once.
    """
    text = without_control(text)
    if not _TAG.search(text) and _ENCODED_TAG.search(text):
        text = html.unescape(text)
    if not _TAG.search(text):
        return tidy(html.unescape(text))
    try:
        return soup_to_markdown(parse_html(text), base)
    except ParserRejectedMarkup:  # the words matter, the shape is lost
        return tidy(html.unescape(_TAG.sub(" ", text)))


def parse_html(text: str) -> BeautifulSoup:
    """The tree of a page or a fragment. Raises ParserRejectedMarkup, rarely."""
    return BeautifulSoup(text, "lxml")


def soup_to_markdown(soup: Tag, base: str = "") -> str:
    """As `to_markdown`, for a parsed fragment; the fragment is changed on the way."""
    _mend(soup, base)
    try:
        return tidy(_Converter().convert_soup(soup))
    except RecursionError:  # nested thousands deep: the words matter, the shape is lost
        return tidy("\n\n".join(soup.stripped_strings))


def _mend(soup: Tag, base: str) -> None:
    """What could run goes, links and pictures become absolute, lines whole."""
    for tag in [n for n in soup.descendants if isinstance(n, Tag) and n.name in _DROPPED]:
        tag.decompose()
    for node in list(soup.descendants):
        if isinstance(node, Tag):
            if node.name in _MENDED:
                _MENDED[node.name](node, base)
        elif isinstance(node, Comment | Doctype):
            node.extract()
        elif isinstance(node, NavigableString) and "\n" in node:
            _mend_lines(node)


def _mend_lines(piece: NavigableString) -> None:
    """A line's end inside a paragraph is a blank."""
    names = {parent.name for parent in piece.parents}
    if names and not names & {"pre", "textarea"}:
        piece.replace_with(re.sub(r"\s*\n\s*", " " if piece.strip() else "\n", str(piece)))


def _mend_link(node: Tag, base: str) -> None:
    target = mend_link(str(node.get("href") or ""), base)
    if target is None or _KEYWORD_LINK.match(target):
        node.unwrap()
    else:
        node["href"] = target


def _mend_picture(node: Tag, base: str) -> None:
    target = mend_link(str(node.get("data-src") or node.get("src") or ""), base)
    if target is None:
        node.decompose()
    else:
        node["src"] = target


def _mend_frame(node: Tag, base: str) -> None:
    """A frame, mostly a video or a card, is the address that it shows."""
    target = mend_link(str(node.get("src") or ""), base)
    node.name = "p"
    node.string = target or ""


_MENDED = {"a": _mend_link, "img": _mend_picture, "iframe": _mend_frame}


def mend_link(target: str, base: str = "") -> str | None:
    """The absolute http(s) address that a link means, or None where it leads nowhere.

    Redirects and embedded cards are unwrapped and AWS's internal preview hosts named as published.
    """
    target = without_control(html.unescape(target)).strip()
    if not target or target.startswith("#"):
        return None
    try:
        target = urljoin(base or "https:", target)
        parts = urlsplit(target)
        if (parts.hostname, parts.path) in _REDIRECTS:
            query = parse_qs(parts.query)
            target = next(iter(query.get("q", query.get("url", []))), target)
            parts = urlsplit(target)
        if parts.hostname and _PREVIEW_HOST.match(parts.hostname):
            target = parts._replace(scheme="https", netloc="docs.aws.amazon.com").geturl()
    except ValueError:
        return None
    target = re.sub(r"\s", "%20", target)
    target = target.replace('"', "%22").replace("<", "%3C").replace(">", "%3E")
    return target if is_web_address(target) and _has_sound_port(target) else None


def _has_sound_port(address: str) -> bool:
    try:
        return urlsplit(address).port != 0
    except ValueError:
        return False


def tidy(markdown: str) -> str:
    """Markdown with its blanks collapsed outside code, and no link that could run."""
    lines: list[str] = []
    fenced = False
    for line in without_control(markdown).replace("\u00a0", " ").split("\n"):
        mark = line.lstrip()[:3]
        if mark in ("```", "~~~"):
            fenced = not fenced
        elif not fenced:
            line = _tidy_line(line)
            if not line and (not lines or not lines[-1]):
                continue
        lines.append(line.rstrip())
    return "\n".join(lines).strip()


def _tidy_line(line: str) -> str:
    body = line.lstrip(" \t")
    indent = line[: len(line) - len(body)].replace("\t", "    ")
    indent = "" if indent == " " else indent
    if body[:1] in "●•◦" and body[1:].strip():
        body = "- " + body[1:].lstrip()
    if "  " in body or "\t" in body:
        body = re.sub(r"(?<=\S)[ \t]{2,}(?=\S)|\t", " ", body)
    if ":" in body:
        body = _BAD_TARGET.sub(r"\1", body)
    return (indent + body).rstrip() if body.strip() else ""


def defuse(markdown: str) -> str:
    """Somebody's Markdown without scripts, styles and runnable links; code is kept."""
    pieces = re.split(r"(^(?:```|~~~).*?^(?:```|~~~)[^\S\n]*$)", markdown, flags=re.M | re.S)
    pieces[::2] = [_OPEN_DROPPED.sub("", piece) for piece in pieces[::2]]
    return tidy("".join(pieces))


class _Converter(MarkdownConverter):
    """Markdown as the rest of the program expects it: `#` headings, `-` lists, ``` code."""

    class Options:
        heading_style = "atx"
        bullets = "-"
        escape_asterisks = False
        escape_underscores = False
        escape_misc = False
        newline_style = "backslash"
        autolinks = False
        table_infer_header = True

    def convert_br(self, el: Any, text: str, parent_tags: Any) -> str:
        """A line break ends a paragraph: feeds write `<br><br>` where they mean `<p>`."""
        within = {"td", "th", "li", "h1", "h2", "h3", "h4", "_inline"} & set(parent_tags)
        return " " if within else "\n\n"

    def convert_pre(self, el: Any, text: str, parent_tags: Any) -> str:
        """A fenced block, with its language where a class names it."""
        inner = el.get_text().strip("\n")
        found = re.search(r"(?:lang|language|brush)[-:]\s*([\w+#-]+)", " ".join(_classes(el)))
        fence = "````" if "```" in inner else "```"
        return f"\n\n{fence}{found[1] if found else ''}\n{inner}\n{fence}\n\n" if inner else ""


def _classes(el: Any) -> list[str]:
    nodes = [el, *el.find_all("code", limit=1)]
    return [name for node in nodes for name in (node.get("class") or [])] + [
        str(node.get("data-lang") or "") for node in nodes
    ]
