"""Scrapy's and Twisted's exceptions, as faults that a person understands."""

from scrapy.exceptions import (
    CannotResolveHostError,
    DownloadCancelledError,
    DownloadConnectionRefusedError,
    DownloadTimeoutError,
    ResponseDataLossError,
)

from crawler.faults import Fault, WireError


def wire_fault(error: Exception, url: str) -> WireError:
    """The fault behind an exception of the downloader; what is unknown keeps its name."""
    if isinstance(error, WireError):
        return error
    for kinds, fault, sentence in _KNOWN:
        if isinstance(error, kinds):
            return WireError(sentence, fault, url=url)
    text = f"{type(error).__name__} {error} {error.__cause__ or ''}".lower()
    for words, fault, sentence in _SAID:
        if any(word in text for word in words):
            return WireError(sentence, fault, url=url)
    short = " ".join(str(error).split())[:200] or type(error).__name__
    return WireError(f"the answer cannot be used: {short}", Fault.BROKEN, url=url)


_KNOWN: tuple[tuple[tuple[type[Exception], ...], Fault, str], ...] = (
    (
        (CannotResolveHostError,),
        Fault.UNREACHABLE,
        "no such host, or no network: check the address and the connection",
    ),
    ((DownloadConnectionRefusedError,), Fault.UNREACHABLE, "nobody answers at this address"),
    ((DownloadTimeoutError,), Fault.TIMEOUT, "no complete answer within the time limit"),
    ((ResponseDataLossError,), Fault.CUT_OFF, "the answer was cut off; nothing of it is kept"),
    ((DownloadCancelledError,), Fault.TOO_BIG, "the answer is larger than the limit"),
)
# What arrives in a general exception shows itself by its words only.
_SAID: tuple[tuple[tuple[str, ...], Fault, str], ...] = (
    (
        ("decompression", "maxsize", "max size"),
        Fault.TOO_BIG,
        "the answer is larger than the limit when inflated",
    ),
    (
        ("max redirections",),
        Fault.REDIRECT,
        "redirects without end; the address needs correcting",
    ),
    (
        ("certificate", "ssl", "tls", "openssl"),
        Fault.TLS,
        "the secure connection failed (certificate or TLS error); it is not used without one",
    ),
    (("timeout", "timed out"), Fault.TIMEOUT, "no complete answer within the time limit"),
    (
        ("connectionlost", "connectiondone", "not cleanly", "connection was closed", "dataloss"),
        Fault.CUT_OFF,
        "the connection was closed before the answer was complete; nothing of it is kept",
    ),
    (
        ("parseerror", "wrong number of parts"),
        Fault.BROKEN,
        "what answers there is no web server",
    ),
    (
        ("compression", "inflat", "gzip", "zlib", "incorrect header", "decompress", "brotli"),
        Fault.BROKEN,
        "its compression is damaged; nothing of it is kept",
    ),
    (("unreachable", "no route"), Fault.UNREACHABLE, "this host cannot be reached"),
)
