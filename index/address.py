"""One address per published thing: the canonical form of a URL, and the launch it tells of.

The rules come from the quirks that real sources show (captures README): scheme, host
case, `/jp/` prefixes, a slash missing after the host, case twins, months without their
zero, trailing slashes and tracking queries all name the same page.
"""

import re
from functools import lru_cache
from urllib.parse import parse_qsl, urlencode, urlsplit

AWS_HOST = "aws.amazon.com"
_LOCALES = "ar|cn|de|es|fr|id|it|jp|ko|kr|pt|ru|th|tr|tw|vi"
_GLUED_HOST = re.compile(r"^(https?://aws\.amazon\.com)(?=[a-z-]+/)", re.I)
_GLUED_LOCALE = re.compile(rf"^/({_LOCALES})(about-aws|blogs)/")
_LOCALE = re.compile(rf"^/({_LOCALES})(?=/)")
_SHORT_MONTH = re.compile(r"^(/(?:[a-z]{2}/)?about-aws/whats-new/\d{4})/(\d)/")
_WHATS_NEW = re.compile(r"^/about-aws/whats-new/(.+)$")
_BLOG = re.compile(r"^/blogs/[^/]+/[^/]+$")
_TRACKING = re.compile(
    r"^(utm_|sc_|nc\d?$|trk|fbclid|gclid|mkt_|ref$|ref_|did$|tr$|cmp|s_cid)", re.I
)


def is_web_address(url: str) -> bool:
    """True for an absolute http(s) URL with a host and no blanks or control characters."""
    if re.search(r"[\s\x00-\x1f\x7f<>\"]", url):
        return False
    try:
        parts = urlsplit(url)
        return parts.scheme.lower() in ("http", "https") and bool(parts.hostname)
    except ValueError:
        return False


def mend_url(url: str) -> str:
    """The URL with a slash put back that AWS itself dropped (`…com/jpabout-aws/…`)."""
    parts = urlsplit(_GLUED_HOST.sub(r"\1/", url.strip()))
    path = _GLUED_LOCALE.sub(r"/\1/\2/", parts.path)
    return parts._replace(path=path).geturl()


@lru_cache(maxsize=1 << 14)
def canonical_url(url: str) -> str:
    """The form under which two links to the same page are equal; the locale is kept.

    Raises ValueError when `url` is no absolute http(s) address.
    """
    if not is_web_address(url.strip()):
        raise ValueError(f"not an absolute http(s) address: {url!r}")
    parts = urlsplit(mend_url(url))
    host = (parts.hostname or "").removeprefix("www.")
    if parts.port and parts.port not in (80, 443):
        host = f"{host}:{parts.port}"
    path = re.sub(r"/{2,}", "/", parts.path).rstrip("/")
    if host == AWS_HOST:
        path = _SHORT_MONTH.sub(r"\1/0\2/", path.lower() + "/").rstrip("/")
        return f"https://{host}{path}"
    query = [(k, v) for k, v in parse_qsl(parts.query) if not _TRACKING.match(k)]
    if host in ("youtube.com", "youtu.be", "m.youtube.com"):
        return _video(path, dict(query))
    return f"https://{host}{path}" + (f"?{urlencode(query)}" if query else "")


def _video(path: str, query: dict[str, str]) -> str:
    video = query.get("v") or path.removeprefix("/embed").removeprefix("/live").strip("/")
    return f"https://youtube.com/watch?v={video}"


def launch_slug(url: str | None) -> str | None:
    """What English, Japanese and other copies of one AWS page share, or None elsewhere.

    `…/jp/about-aws/whats-new/2026/5/x/` → `whats-new/2026/05/x`. The month stays: the same
    slug stands for different launches under two months.
    """
    if not url or not is_web_address(url):
        return None
    parts = urlsplit(canonical_url(url))
    if parts.hostname != AWS_HOST:
        return None
    path = _LOCALE.sub("", parts.path)
    if match := _WHATS_NEW.match(path):
        return f"whats-new/{match[1]}"
    return path.strip("/") if _BLOG.match(path) else None


def url_lang(url: str | None) -> str | None:
    """The language that an AWS address states by its prefix ("ja" for `/jp/`), or None."""
    if not url or not is_web_address(url):
        return None
    parts = urlsplit(canonical_url(url))
    if parts.hostname != AWS_HOST:
        return None
    found = _LOCALE.match(parts.path + "/")
    names = {"jp": "ja", "kr": "ko", "cn": "zh", "tw": "zh-tw"}
    return names.get(found[1], found[1]) if found else "en"
