"""A digest as a chat message: Slack blocks and a Teams adaptive card, within their limits."""

import re
from typing import Any

from index.digest import Digest, DigestItem
from index.prose import clean
from ui.brief import badges, heading, span, why
from ui.wording import say

_SLACK_SECTION = 2900
_TEAMS_BYTES_A_TEXT = 1200


def slack_message(digest: Digest) -> dict[str, Any]:
    """The body of a Slack incoming webhook: plain `text` for notifications, and blocks."""
    lang = digest.lang
    lines = "\n".join(f"• {_slack(line)}" for line in digest.lines)
    blocks = [
        {"type": "header", "text": {"type": "plain_text", "text": heading(digest)[:150]}},
        _section(f"{_slack(span(digest))}\n{lines}"),
        {"type": "divider"},
        *(_section(_slack_item(item, lang)) for item in digest.top),
        {"type": "divider"},
        _section(_slack(_areas(digest))),
    ]
    return {"text": f"{heading(digest)}: {span(digest)}", "blocks": blocks}


def teams_message(digest: Digest) -> dict[str, Any]:
    """The body of a Teams incoming webhook (a workflow's): one adaptive card."""
    lang = digest.lang
    body = [
        _text(heading(digest), size="Large", weight="Bolder"),
        _text(span(digest), isSubtle=True),
        *(_text(f"- {_teams(line)}") for line in digest.lines),
        _text(say(lang, "top", count=len(digest.top)), weight="Bolder", separator=True),
        *(_text(_teams_item(item, lang)) for item in digest.top),
        _text(_teams(_areas(digest)), isSubtle=True, separator=True),
    ]
    card = {
        "$schema": "http://adaptivecards.io/schemas/adaptive-card.json",
        "type": "AdaptiveCard",
        "version": "1.4",
        "body": body,
    }
    content = {"contentType": "application/vnd.microsoft.card.adaptive", "content": card}
    return {"type": "message", "attachments": [content]}


def _areas(digest: Digest) -> str:
    return " / ".join(f"{count.name} {count.count}" for count in digest.counts)


def _section(text: str) -> dict[str, Any]:
    return {"type": "section", "text": {"type": "mrkdwn", "text": text[:_SLACK_SECTION]}}


def _slack_item(item: DigestItem, lang: str) -> str:
    title = _slack(clean(item.title))
    # A bar or an angle bracket would end the link before its time.
    named = f"<{_slack(item.url)}|{title.replace('|', '¦')}>" if item.url else title
    marks = "".join(f"[{badge}] " for badge in badges(item, lang))
    said = "\n".join(_slack(line) for line in item.summary if line != item.title)
    return f"*{marks}{named}*\n{said}\n_{_slack(why(item, lang))}_"


def _slack(text: str) -> str:
    """Slack's three escapes; a mention can only be made with a bracket that is gone."""
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def _text(text: str, **style: Any) -> dict[str, Any]:
    return {"type": "TextBlock", "text": text[:_TEAMS_BYTES_A_TEXT], "wrap": True, **style}


def _teams_item(item: DigestItem, lang: str) -> str:
    title = _teams(item.title)
    url = (item.url or "").replace("(", "%28").replace(")", "%29")
    marks = "".join(f"[{badge}] " for badge in badges(item, lang))
    said = " ".join(_teams(line) for line in item.summary if line != item.title)
    return f"{marks}**{f'[{title}]({url})' if url else title}** {said} _{_teams(why(item, lang))}_"


def _teams(text: str) -> str:
    """Text for a card's small Markdown: brackets and marks lose their meaning."""
    return re.sub(r"([\\\[\]*_`])", r"\\\1", clean(text)).replace("<", "&lt;")
