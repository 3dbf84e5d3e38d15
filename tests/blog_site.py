"""A Hatena blog on a local site: its archive, its entries, and the trap of its "next" links."""

from dataclasses import dataclass

from tests.site import Ask, Reply, Site

PER_PAGE = 5


@dataclass
class Blog:
    """A blog of that many entries, one a day, the newest last."""

    site: Site
    count: int
    endless: bool = False

    def __post_init__(self) -> None:
        self.site.pages["/archive"] = self._archive
        for number in range(1, self.count + 1):
            self.publish(number)

    def publish(self, number: int) -> None:
        """Put an entry on the site."""
        self.count = max(self.count, number)
        self.site.at(self.path(number), lambda ask: _html(self._entry(number)))

    def path(self, number: int) -> str:
        """Where an entry stands: two a year, so that years are met."""
        return f"/entry/{2015 + (number - 1) // 5}/03/{(number - 1) % 5 + 1:02}/090000"

    def _archive(self, ask: Ask) -> Reply:
        page = int(ask.query.get("page", ["1"])[0])
        numbers = range(self.count - (page - 1) * PER_PAGE, 0, -1)[:PER_PAGE]
        listed = "".join(self._listed(n) for n in numbers)
        more = self.endless or (numbers and numbers[-1] > 1)
        link = f'<a href="{self.site.url("/archive")}?page={page + 1}" rel="next">next</a>'
        return _html(
            f'<body class="page-archive"><div class="archive-entries">{listed}</div>'
            f'<div class="pager"><span>{link if more else ""}</span></div></body>'
        )

    def _listed(self, number: int) -> str:
        day = self.path(number)[7:17].replace("/", "-")
        return (
            '<section class="archive-entry autopagerize_page_element">'
            f'<div class="date archive-date"><time datetime="{day}">{day}</time></div>'
            '<h1 class="entry-title"><a class="entry-title-link" '
            f'href="{self.site.url(self.path(number))}">記事 {number}</a></h1>'
            '<p class="entry-description">要約</p></section>'
        )

    def _entry(self, number: int) -> str:
        older = self.site.url(self.path(number - 1)) if number > 1 else ""
        day = self.path(number)[7:17].replace("/", "-")
        return (
            f'<html lang="ja"><head><title>記事 {number} - ブログ</title>'
            f'<link rel="canonical" href="{self.site.url(self.path(number))}"></head>'
            '<body class="page-entry"><article class="entry hentry js-entry-article">'
            f'<header><time datetime="{day}T00:00:00Z">{day}</time>'
            f'<h1 class="entry-title"><a class="entry-title-link">記事 {number}</a></h1></header>'
            f'<div class="entry-content"><p>本文その{number}。Aurora の話。</p></div></article>'
            f'<div class="pager"><a href="{older}" rel="next">older</a></div></body></html>'
        )


def _html(text: str) -> Reply:
    return Reply(200, text.encode(), {"Content-Type": "text/html; charset=utf-8"})
