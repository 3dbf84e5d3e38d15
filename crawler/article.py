"""One article on an HTML page: its title, date, address and body, whatever the site calls them."""

import json
import re
from collections.abc import Iterator
from typing import Any

from bs4 import BeautifulSoup, Tag

from crawler.drafts import Draft
from crawler.markup import mend_link, one_line, soup_to_markdown

_BODY = re.compile(
    r"^(?:entry|post|article|blog|blog-?post|main|page|single)[-_]?(?:content|body|text|main)$|"
    r"^(?:articleBody|markdown-body|wb-contents|aws-text-box|c-article)$",
    re.I,
)
_NOISE = re.compile(
    r"social|share|related|breadcrumb|comment|footer|sidebar|newsletter|advert|^ads?$|banner|"
    r"bookmark|star-container|pager|navigation|toc$|reg-cta|print-only|visually-hidden",
    re.I,
)
_DATE_CLASS = re.compile(
    r"(?:^|[-_])(?:pub)?date(?:$|[-_])|posted|published|pubdate|timestamp", re.I
)
_SAID = re.compile(
    r"(?:posted on|published(?: on)?|publish date|date|公開日|投稿日|掲載日|発表日)\s*[:：]?\s*"
    r"([A-Z][a-z]{2,8}\.? \d{1,2},? \d{4}|\d{1,2} [A-Z][a-z]{2,8} \d{4}|"
    r"\d{4}\s*[年/.-]\s*\d{1,2}\s*[月/.-]\s*\d{1,2}日?)",
    re.I,
)
_DAY = re.compile(
    r"\d{4}年\d{1,2}月\d{1,2}日|\d{4}[-/.]\d{1,2}[-/.]\d{1,2}|[A-Z][a-z]{2,8}\.? \d{1,2}, \d{4}"
)
_ARTICLES = ("Article", "BlogPosting", "NewsArticle", "TechArticle", "Report")
FEWEST_LETTERS = 20


def is_article(soup: BeautifulSoup) -> bool:
    """True when the page says that it is one article, or is shaped like one."""
    if says_article(soup):
        return True
    headings = [h for h in soup.find_all("h1") if one_line(h.get_text(" "))]
    if len(headings) != 1:
        return False
    return bool(_body_by_name(soup) or _stated_dates(soup)) or len(soup.find_all("article")) == 1


def says_article(soup: BeautifulSoup) -> bool:
    """True when the page's own data call it an article."""
    if meta(soup, "og:type").lower() == "article" or _linked_data(soup):
        return True
    return bool(re.search(r"Article|BlogPosting", str(_root(soup).get("itemtype") or "")))


def article_draft(soup: BeautifulSoup, url: str) -> Draft | None:
    """The draft of the page's article, or None where there is no title or no text.

    `url` is where the page came from; the address that the page itself names wins.
    """
    data = _linked_data(soup)
    address = _address(soup, url)
    title, dates = _title(soup, data), _stated_dates(soup, data)
    author = _author(soup, data)
    body = _body(soup)
    _without_noise(body, title)
    text = soup_to_markdown(body, address or url)
    if not title or (len(re.sub(r"\W", "", text)) < FEWEST_LETTERS and not dates):
        return None
    return Draft(
        title=title,
        url=address,
        text=text,
        summary="",
        stated=dates,
        updated=meta(soup, "article:modified_time") or data.get("dateModified"),
        tags=_tags(soup),
        author=author,
        lang=str(_root(soup).get("lang") or ""),
    )


def meta(soup: BeautifulSoup, *names: str) -> str:
    """The content of the first `<meta>` of these names; "" when there is none."""
    for name in names:
        for key in ("property", "name", "itemprop"):
            node = soup.find("meta", attrs={key: name})
            if isinstance(node, Tag) and (found := node.get("content") or node.get("value")):
                return str(found)
    return ""


def _root(soup: BeautifulSoup) -> Tag:
    return soup.html or soup


def _linked_data(soup: BeautifulSoup) -> dict[str, Any]:
    """The first article of the page's JSON-LD; empty where there is none or it is broken."""
    for node in soup.find_all("script", type="application/ld+json"):
        try:
            found = json.loads(node.get_text())
        except (ValueError, RecursionError):
            continue
        for part in _parts(found):
            kind = part.get("@type")
            if set(kind if isinstance(kind, list) else [kind]) & set(_ARTICLES):
                return part
    return {}


def _parts(found: Any) -> Iterator[dict[str, Any]]:
    values = found if isinstance(found, list) else [found]
    for value in values:
        if isinstance(value, dict):
            yield value
            graph = value.get("@graph")
            yield from (v for v in graph if isinstance(v, dict)) if isinstance(graph, list) else ()


def _title(soup: BeautifulSoup, data: dict[str, Any]) -> str:
    for name in ("[itemprop=headline]", "h1.entry-title", "article h1", "main h1"):
        node = soup.select_one(name)
        if node and (found := one_line(node.get_text(" "))):
            return found
    said = one_line(str(data.get("headline") or "") or meta(soup, "og:title", "twitter:title"))
    heads = [one_line(h.get_text(" ")) for h in soup.find_all("h1")]
    if not said and len(heads) == 1:
        return heads[0]
    said = said or one_line(soup.title.get_text() if soup.title else "")
    site = one_line(meta(soup, "og:site_name"))
    return re.sub(rf"\s*[-|–—:：]\s*{re.escape(site)}\s*$", "", said) if site else said


def _address(soup: BeautifulSoup, url: str) -> str:
    canonical = soup.find("link", rel="canonical")
    said = str(canonical.get("href") or "") if isinstance(canonical, Tag) else ""
    if found := mend_link(said or meta(soup, "og:url"), url):
        return found
    for node in soup.find_all(string=re.compile(r"originally published (?:at|on)", re.I)):
        link = node.find_next("a", href=True)
        if link and (found := mend_link(str(link["href"]), url)):
            return found
    return url


def _stated_dates(soup: BeautifulSoup, data: dict[str, Any] | None = None) -> tuple[object, ...]:
    """Every date that may be the publication's, the surest first."""
    found: list[object] = [
        meta(soup, "article:published_time", "datePublished", "date", "pubdate", "publish-date"),
        (data or {}).get("datePublished"),
    ]
    for node in soup.select("time[pubdate], time[itemprop=datePublished], article time, time")[:3]:
        found.append(str(node.get("datetime") or one_line(node.get_text())))
    for node in soup.find_all(class_=_DATE_CLASS, limit=3):
        if day := _DAY.search(one_line(node.get_text(" "))):
            found.append(day[0])
    if said := _SAID.search(one_line(_root(soup).get_text(" ")[:20_000])):
        found.append(re.sub(r"\s+", " ", said[1]))
    return tuple(date for date in found if date)


def _author(soup: BeautifulSoup, data: dict[str, Any]) -> str:
    said = data.get("author")
    said = said[0] if isinstance(said, list) and said else said
    if isinstance(said, dict):
        said = said.get("name")
    if isinstance(said, str) and said:
        return said
    node = soup.select_one(
        "[rel=author], [itemprop=author], [property=author], .author .fn, .byline"
    )
    return one_line(node.get_text(" ")) if node else meta(soup, "author")


def _tags(soup: BeautifulSoup) -> tuple[str, ...]:
    named = [str(n.get("content") or "") for n in soup.find_all("meta", property="article:tag")]
    linked = [n.get_text(" ") for n in soup.select("a[rel~=tag], [property=articleSection]")]
    linked += [n.get_text(" ") for n in soup.select("a.entry-category-link, a[rel~=category]")]
    return tuple(dict.fromkeys(one_line(tag) for tag in named + linked if one_line(tag)))


def _body(soup: BeautifulSoup) -> Tag:
    """The element that holds the article's words."""
    named = _body_by_name(soup)
    if named is not None:
        return named
    articles = soup.find_all("article")
    if len(articles) == 1:
        return articles[0]
    main = soup.find("main")
    return _densest(main if isinstance(main, Tag) else soup.body or soup)


def _body_by_name(soup: BeautifulSoup) -> Tag | None:
    node = soup.select_one("[itemprop=articleBody]")
    found = [node] if node else soup.find_all(class_=_BODY) + soup.find_all(id=_BODY)
    filled = [n for n in found if len(n.get_text(strip=True)) > FEWEST_LETTERS]
    return filled[0] if filled else (found[0] if found else None)


def _densest(root: Tag) -> Tag:
    """The element whose own paragraphs hold the most letters; the root where none stands out."""
    weights: dict[int, int] = {}
    nodes: dict[int, Tag] = {}
    for paragraph in root.find_all(["p", "pre", "li"]):
        above = paragraph.parent
        if isinstance(above, Tag):
            nodes[id(above)] = above
            weights[id(above)] = weights.get(id(above), 0) + len(paragraph.get_text(strip=True))
    if not weights:
        return root
    best = max(weights, key=lambda key: weights[key])
    return nodes[best] if weights[best] > 0.5 * sum(weights.values()) else root


def _without_noise(body: Tag, title: str) -> None:
    for node in body.find_all(["nav", "footer", "aside"]):
        node.decompose()
    for node in body.find_all("form"):
        if len(node.get_text(strip=True)) < 500:  # some sites put the whole page into a form
            node.decompose()
    for node in body.find_all(class_=_NOISE):
        if not node.decomposed and len(node.get_text(strip=True)) < 2000:
            node.decompose()
    for heading in body.find_all("h1"):
        if not heading.decomposed and one_line(heading.get_text(" ")) == title:
            heading.decompose()
    for node in body.find_all("p", limit=4):
        words = one_line(node.get_text(" "))
        if re.match(r"^(?:published:|originally published at)", words, re.I):
            node.decompose()
