"""How we ask: small questions about headers, waiting and addresses, with nothing on the wire.

Sources of the rules: RFC 9110 (Retry-After, conditional requests), RFC 9111 (freshness),
RFC 9309 (robots.txt), and what long-lived feed readers do.
"""

import ipaddress
import re
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime

from index.source_state import SourceState

PAGE_LIMIT = 10 * 2**20
ARCHIVE_LIMIT = 64 * 2**20
TIMEOUT = 30.0
REDIRECTS = 5
LONGEST_WAIT = timedelta(days=30)
LONGEST_FRESH = timedelta(days=7)
RECHECK_AFTER = 10
RECHECK_AGE = timedelta(days=7)


def user_agent(version: str, contact: str = "") -> str:
    """Who we are and whom to write to: `[collect] contact` of config.toml names the person.

    Nothing is invented where nobody is named: `fetch` asks for it instead.
    """
    clean = re.sub(r"[()]|[^\x20-\x7e]", "", contact).strip() or "not configured"
    return f"reinvent-kb/{version} (feed reader of an AWS study group; contact: {clean})"


def retry_at(value: str | None, now: datetime) -> datetime | None:
    """The moment that a Retry-After names, in seconds or as a date; None where it says nothing.

    Never in the past and never more than a month ahead.
    """
    text = (value or "").strip()
    if re.fullmatch(r"\d{1,10}", text):
        wanted = now + min(timedelta(seconds=int(text)), LONGEST_WAIT)
    else:
        found = http_date(text)
        if found is None:
            return None
        wanted = found
    return min(max(wanted, now), now + LONGEST_WAIT)


def http_date(value: str | None) -> datetime | None:
    """The aware UTC time of an HTTP date, or None where it is none."""
    try:
        found = parsedate_to_datetime(value or "")
    except (ValueError, TypeError, IndexError, OverflowError):
        return None
    try:
        return (found if found.tzinfo else found.replace(tzinfo=UTC)).astimezone(UTC)
    except OverflowError:
        return None


def fresh_until(
    cache_control: str | None, expires: str | None, age: str | None, now: datetime
) -> datetime | None:
    """Until when a source asks not to be asked again; None where it does not.

    `max-age` wins over `Expires`; `no-cache` and `no-store` mean no time at all. At most a
    week: a source that says "for a year" would otherwise fall silent by its own mistake.
    """
    wish = (cache_control or "").lower()
    if "no-cache" in wish or "no-store" in wish:
        return None
    if found := re.search(r"max-age\s*=\s*\"?(\d{1,10})", wish):
        seconds = int(found[1]) - (int(age) if age and re.fullmatch(r"\d{1,10}", age) else 0)
        until = now + min(timedelta(seconds=max(seconds, 0)), LONGEST_FRESH)
    else:
        until = min(http_date(expires) or now, now + LONGEST_FRESH)
    return until if until > now else None


def back_off(failures: int) -> timedelta:
    """How long a failing source is left alone by a timer's run: 15 minutes, doubling to a day."""
    return min(timedelta(minutes=15) * (1 << min(max(failures - 1, 0), 10)), timedelta(days=1))


def stop_time(failures: int) -> timedelta:
    """How long a source that answered 403 is left alone: a day, doubling to a month."""
    return min(timedelta(days=1) * (1 << min(max(failures - 1, 0), 10)), LONGEST_WAIT)


def next_check(now: datetime, hours: float, not_before: datetime | None, chance: float) -> datetime:
    """When a timer's run asks again: half the expected pace (an hour to a day), within ±10 %.

    `chance` in [0, 1) spreads sources so that they are not all asked in the same minute.
    """
    interval = timedelta(hours=min(max(hours / 2, 1.0), 24.0))
    planned = now + interval * (0.9 + 0.2 * chance)
    if not_before is None or not_before <= planned:
        return planned
    return not_before + interval * 0.05 * chance


def recheck_due(state: SourceState, now: datetime) -> bool:
    """True when it is time to ask without validators, lest "not modified" last for ever."""
    if state.distrust or state.unchanged >= RECHECK_AFTER:
        return True
    return state.read is None or now - state.read > RECHECK_AGE


def is_private(host: str) -> bool:
    """True for a host name or address that is one's own machine or network."""
    name = host.strip("[]").rstrip(".").lower()
    if name in ("", "localhost") or name.endswith((".localhost", ".local", ".internal", ".lan")):
        return True
    try:
        return not ipaddress.ip_address(name.split("%")[0]).is_global
    except ValueError:
        # Forms such as 127.1 or 0x7f000001 that the C library reads as addresses.
        return bool(re.fullmatch(r"(0x[0-9a-f]+|\d+)(\.(0x[0-9a-f]+|\d+)){0,3}", name))


def clean_validator(value: str | None) -> str:
    """A validator that may be sent back: one line of printable ASCII, or ""."""
    text = (value or "").strip()
    return text if re.fullmatch(r"[\x20-\x7e]{1,500}", text) else ""
