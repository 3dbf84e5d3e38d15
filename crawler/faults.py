"""Everything that can go wrong on the wire, each as a sentence for a person."""

from datetime import datetime
from enum import StrEnum

from index.errors import FetchError


class Fault(StrEnum):
    """What kind of fault it was; decides what follows from it."""

    UNREACHABLE = "unreachable"  # no such host, nobody listens: the host is down for this run
    TIMEOUT = "timeout"
    CUT_OFF = "cut off"
    TLS = "tls"
    TOO_BIG = "too big"
    REDIRECT = "redirect"
    PRIVATE = "private"
    ROBOTS = "robots"
    REFUSED = "refused"  # 401, 403, 451
    GONE = "gone"  # 410
    MISSING = "missing"  # 404
    BUSY = "busy"  # 429, 503
    STATUS = "status"
    BROKEN = "broken"  # an answer that is no HTTP or cannot be inflated


class WireError(FetchError):
    """A fetch that failed; `until` is when the source may be asked again, where it said so."""

    def __init__(
        self,
        message: str,
        fault: Fault,
        *,
        name: str = "",
        url: str = "",
        until: datetime | None = None,
    ) -> None:
        super().__init__(message, name=name, url=url)
        self.fault = fault
        self.until = until


def status_fault(status: int, url: str, until: datetime | None = None) -> WireError:
    """The fault that an HTTP status means."""
    if status in (401, 403, 451):
        return WireError(
            f"refused with {status}: this source is stopped; "
            "`reinvent-kb sources enable` asks it again, import from files always works",
            Fault.REFUSED,
            url=url,
            until=until,
        )
    if status == 410:
        return WireError("gone for good (410): this source is retired", Fault.GONE, url=url)
    if status == 404:
        return WireError("not found (404): has its address changed?", Fault.MISSING, url=url)
    if status in (429, 503):
        when = f" until {until:%Y-%m-%d %H:%M} UTC" if until else ""
        return WireError(f"asks us to wait{when} ({status})", Fault.BUSY, url=url, until=until)
    if 300 <= status < 400:
        return WireError(
            f"redirects to something that is no web address ({status})", Fault.REDIRECT, url=url
        )
    return WireError(f"answered with {status}", Fault.STATUS, url=url)
