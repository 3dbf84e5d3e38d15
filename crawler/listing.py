"""A page that lists entries: each block with a linked heading is one, with its date and words."""

import re

from bs4 import BeautifulSoup, Tag

from crawler.dates import date_in_url
from crawler.drafts import Draft
from crawler.markup import mend_link, one_line, soup_to_markdown
from crawler.origin import aws_kind

_BLOCKS = ("li", "section", "article", "div", "tr", "dd")
_DATE_TEXT = re.compile(
    r"[A-Z][a-z]{2,8}\.? \d{1,2},? \d{4}|\d{1,2} [A-Z][a-z]{2,8} \d{4}|"
    r"\d{4}\s*[年/.-]\s*\d{1,2}\s*[月/.-]\s*\d{1,2}"
)
_MORE = re.compile(r"^(?:read more|続きを読む|もっと見る|learn more|自세히)", re.I)
_ENTRY_PATH = re.compile(
    r"/entry/\d{4}/\d{2}/\d{2}/|/\d{4}/\d{2}/[^/]+|/entry/|/articles?/|/posts?/"
)
_OLDER = re.compile(
    r"^\s*(?:次のページ|次へ|過去の記事|older(?: posts| entries)?|next(?: page)?)\s*[»›>→]?\s*$",
    re.I,
)
FEWEST = 3


def listing_drafts(soup: BeautifulSoup, url: str) -> tuple[Draft, ...]:
    """The entries that a page lists with their dates; none where it is no listing."""
    lang = str((soup.html or soup).get("lang") or "")
    found: dict[str, Draft] = {}
    for link in _heading_links(soup):
        address = mend_link(str(link["href"]), url)
        block = _block(link)
        title = one_line(link.get_text(" "))
        if not address or block is None or not title or address in found:
            continue
        stated = _stated(block)
        if stated or date_in_url(address):
            found[address] = _draft(block, title, address, stated, lang)
    return tuple(found.values()) if len(found) >= FEWEST or _is_archive(soup) else ()


def entry_addresses(soup: BeautifulSoup, url: str) -> tuple[str, ...]:
    """The addresses of the entries on an archive's page, in its order, each once."""
    linked = soup.select("a.entry-title-link[href]") or list(_heading_links(soup))
    found = [mend_link(str(link["href"]), url) for link in linked]
    if not any(found):
        found = [mend_link(str(link["href"]), url) for link in soup.find_all("a", href=_ENTRY_PATH)]
    return tuple(dict.fromkeys(a.split("#")[0] for a in found if a))


def older_page(soup: BeautifulSoup, url: str) -> str | None:
    """The next older page of a listing, by its `rel="next"` or by the words of its link."""
    for node in soup.select("a[rel~=next][href], link[rel~=next][href]"):
        return mend_link(str(node["href"]), url)
    worded = soup.find("a", string=_OLDER, href=True)
    return mend_link(str(worded["href"]), url) if isinstance(worded, Tag) else None


def _heading_links(soup: BeautifulSoup) -> list[Tag]:
    """Links inside headings, and links that hold one."""
    inside = soup.select("h1 a[href], h2 a[href], h3 a[href], h4 a[href]")
    return inside or soup.select("a[href]:has(> h2), a[href]:has(> h3), a[href]:has(> h4)")


def _is_archive(soup: BeautifulSoup) -> bool:
    return bool(soup.select_one(".archive-entries, .archive-entry, .whats-new-detail"))


def _block(link: Tag) -> Tag | None:
    """The nearest block around a heading that states a date, of at most one entry."""
    for node in link.find_parents(_BLOCKS, limit=5):
        if len(node.select("h1 a[href], h2 a[href], h3 a[href], h4 a[href]")) > 1:
            return None
        if _stated(node):
            return node
    parent = link.find_parent(_BLOCKS)
    return parent if isinstance(parent, Tag) else None


def _stated(block: Tag) -> str:
    if (node := block.find("time")) and isinstance(node, Tag):
        return str(node.get("datetime") or one_line(node.get_text()))
    found = _DATE_TEXT.search(one_line(block.get_text(" ")[:1500]))
    return found[0] if found else ""


def _draft(block: Tag, title: str, address: str, stated: str, lang: str) -> Draft:
    body = block.select_one(".description, .entry-description, .summary, .excerpt, .lead, p")
    text = ""
    if body is not None and not _MORE.match(one_line(body.get_text(" "))):
        text = soup_to_markdown(body, address)
    # AWS's old listing gives the whole text; a blog's list gives an excerpt.
    whole = aws_kind(address) == "announcement"
    return Draft(
        title=title,
        url=address,
        text=text if whole else "",
        summary="" if whole else text,
        stated=(stated,) if stated else (),
        lang=lang,
    )
