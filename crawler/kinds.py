"""What kind of thing a stranger's post is: a digest, a note of a session, or an article."""

import re

from crawler.codes import code_in_title
from index.entry import Session

_DIGEST_TITLE = re.compile(
    r"まとめ|週刊|週報|今週の|先週の|weekly|roundup|round-up|week in review|digest|recap|"
    r"ダイジェスト|今日の(?:アップ|AWS)|newsletter",
    re.I,
)
_UPDATES = re.compile(r"アップデート|新機能|発表|update|announcement|launch|what'?s new|news", re.I)
_PERIOD = re.compile(
    r"\d{1,2}[/月.-]\d{1,2}日?\s*[~〜～\-–—]\s*(?:\d{4}[/年.-])?\d{1,2}[/月.-]\d{1,2}|"
    r"\d+\s*週目|week\s*\d+|第\d+週",
    re.I,
)
_HEADING = re.compile(r"^#{1,5} \S", re.M)


def infer_kind(title: str, text: str, session: Session | None = None) -> str:
    """digest, note, session or article, by the words of the title and the shape of the text.

    A digest names a period or calls itself one, speaks of updates, and has several
    headings; a note bears a session's code in its title.
    """
    if session and session.code:
        return "session"
    digest = _DIGEST_TITLE.search(title) or _PERIOD.search(title)
    if digest and _UPDATES.search(title + text[:500]) and len(_HEADING.findall(text)) >= 3:
        return "digest"
    return "note" if code_in_title(title) else "article"
