"""Where some bytes come from, and the one name that a source bears everywhere."""

import re
from dataclasses import dataclass, field
from datetime import UTC, datetime
from urllib.parse import urlsplit

from index.address import canonical_url, is_web_address, url_lang

_BLOG = re.compile(r"^/(?:(?P<locale>[a-z]{2})/)?blogs/(?P<slug>[a-z0-9-]+)(?:/|$)")
_WHATS_NEW = re.compile(r"^/(?:[a-z]{2}/)?(?:about-aws/whats-new|new)(?:/|$)")
_BULLETIN = re.compile(r"^/(?:[a-z]{2}/)?security/security-bulletins(?:/|$)")


@dataclass(frozen=True, slots=True, kw_only=True)
class Origin:
    """What a reader is told of the bytes beside the bytes themselves.

    `name` names them in messages (a file's name or an address). `path` is a file's path, whose
    words may tell a date, an event's year or a session's code. `url` is the address they
    were fetched from, "" for a file. `source`, `kind` and `lang` are set where the caller
    knows better than the content. `day` is the file's own time, the last resort where an
    item bears no date. `now` bounds the sane dates.
    """

    name: str
    path: str = ""
    url: str = ""
    source: str = ""
    kind: str = ""
    lang: str = ""
    charset: str = ""
    day: datetime | None = None
    now: datetime = field(default_factory=lambda: datetime.now(UTC))


def source_name(url: str | None, lang: str = "") -> str:
    """The source that an address belongs to, or "" where there is none.

    `whats-new-ja` for AWS's announcements, `aws-blog-compute` and `aws-blog-ja-news` for
    its blogs, `aws-security-bulletins`, and the bare host for everything else.
    """
    if not url or not is_web_address(url):
        return ""
    try:
        parts = urlsplit(canonical_url(url))
    except ValueError:  # a port that cannot be
        return ""
    host = parts.hostname or ""
    if host != "aws.amazon.com":
        return host
    if _WHATS_NEW.match(parts.path):
        return f"whats-new-{lang or url_lang(url) or 'en'}"
    if found := _BLOG.match(parts.path):
        spoken = url_lang(url) or "en"
        return (
            f"aws-blog-{found['slug']}" if spoken == "en" else f"aws-blog-{spoken}-{found['slug']}"
        )
    return "aws-security-bulletins" if _BULLETIN.match(parts.path) else host


def aws_kind(url: str | None) -> str:
    """`announcement` or `blog` for a page of AWS itself, "" elsewhere."""
    name = source_name(url)
    if name.startswith("whats-new-") or name == "aws-security-bulletins":
        return "announcement"
    return "blog" if name.startswith("aws-blog-") else ""
