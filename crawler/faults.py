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
    LIMIT = "limit"  # our own limit of pages a run
    STATUS = "status"
    BROKEN = "broken"  # an answer that is no HTTP or cannot be inflated


class WireError(FetchError):
    """A fetch that failed; `status` is HTTP's, 0 where it was something else; `until` is when
    the source may be asked again, where it said so."""

    def __init__(
        self,
        message: str,
        fault: Fault,
        *,
        name: str = "",
        url: str = "",
        status: int = 0,
        until: datetime | None = None,
    ) -> None:
        super().__init__(message, name=name, url=url)
        self.fault = fault
        self.status = status
        self.until = until


def status_fault(status: int, url: str, until: datetime | None = None) -> WireError:
    """The fault that an HTTP status means."""
    fault, sentence = Fault.STATUS, f"answered with {status}"
    if status in (401, 403, 451):
        fault = Fault.REFUSED
        sentence = (
            f"refused with {status}: this source is stopped; `reinvent-kb sources enable` asks "
            "it again, import from files always works"
        )
    elif status == 410:
        fault, sentence = Fault.GONE, "gone for good (410): this source is retired"
    elif status == 404:
        fault, sentence = Fault.MISSING, "not found (404): has its address changed?"
    elif status in (429, 503):
        when = f" until {until:%Y-%m-%d %H:%M} UTC" if until else ""
        fault, sentence = Fault.BUSY, f"asks us to wait{when} ({status})"
    elif 300 <= status < 400:
        fault = Fault.REDIRECT
        sentence = f"redirects to something that is no web address ({status})"
    return WireError(sentence, fault, url=url, status=status, until=until)
