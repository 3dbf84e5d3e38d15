"""What kind of thing a stranger's post is: a digest, a note of a session, or an article."""

import re

from crawler.codes import code_in_title
from crawler.outline import with_headings
from crawler.periods import find_span
from index.entry import Session

_DIGEST_TITLE = re.compile(
    r"まとめ|週刊|週報|今週の|先週の|weekly|roundup|round-up|week in review|digest|recap|"
    r"ダイジェスト|今日の(?:アップ|AWS)|newsletter",
    re.I,
)
_UPDATES = re.compile(
    r"アップデート|更新|新機能|発表|update|announcement|launch|what'?s new|news", re.I
)
_PERIOD = re.compile(
    r"\d{1,2}[/月.-]\d{1,2}日?\s*[~〜～\-–—]\s*(?:\d{4}[/年.-])?\d{1,2}[/月.-]\d{1,2}|"
    r"\d+\s*週目|week\s*\d+|第\d+週",
    re.I,
)
_BULLET = re.compile(r"^[-*+] \S", re.M)
_LINK_BULLET = re.compile(r"^[-*+] \[.+\]\(https?://", re.M)
_OF_SESSION = re.compile(
    r"re[:_\s.-]?\s?invent|session|セッション|レポート|report|summit|keynote", re.I
)
_HEADING = re.compile(r"^#{1,5} \S", re.M)


def infer_kind(title: str, text: str, session: Session | None = None) -> str:
    """digest, note, session or article, by the words of the title and the shape of the text.

    A digest names a period or calls itself one, speaks of updates, and has several
    headings, or is a list of links under headings; a note bears a session's code in
    its title and speaks of a session or an event.
    """
    if session and session.code:
        return "session"
    headed = len(_HEADING.findall(with_headings(text))) >= 2
    called, period = _DIGEST_TITLE.search(title), _PERIOD.search(title) or find_span(title)
    if _UPDATES.search(title + text[:500]) and (period or (called and headed)):
        return "digest"
    if headed and ((called and period) or (_is_link_list(text) and not code_in_title(title))):
        return "digest"
    told = code_in_title(title) and _OF_SESSION.search(title + text[:1000])
    return "note" if told else "article"


def _is_link_list(text: str) -> bool:
    """True when most bullets are links from their beginning, and some lead to AWS."""
    linked = len(_LINK_BULLET.findall(text))
    return linked >= 5 and linked >= 0.6 * len(_BULLET.findall(text)) and "aws.amazon.com/" in text
