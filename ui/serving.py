"""The app as a server: Streamlit inside one ASGI application, closed to the outside."""

import socket
import time
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from index.errors import ConfigError
from ui.feed import feed_route
from ui.finding import finding_route
from ui.front import front_routes
from ui.parts.theme import theme_options

if TYPE_CHECKING:
    from starlette.types import ASGIApp, Message, Receive, Scope, Send
    from streamlit.starlette import App

SCRIPT = Path(__file__).parent / "app.py"
LOOPBACK = ("127.0.0.1", "localhost", "::1")
UPLOAD_MB = 50
PORTS_TRIED = 50
# Streamlit's own code needs eval (Vega) and blobs (its components); nothing may leave the
# page or come from elsewhere, whatever a feed has written into a text.
_POLICY = "; ".join(
    (
        "default-src 'self'",
        "script-src 'self' 'unsafe-eval' 'wasm-unsafe-eval' 'unsafe-inline' blob:",
        "style-src 'self' 'unsafe-inline'",
        "img-src 'self' data: blob:",
        "media-src 'self' blob:",
        "font-src 'self' data:",
        "connect-src 'self' {sockets} data: blob:",
        "worker-src 'self' blob:",
        "frame-src 'self' blob:",
        "object-src 'none'",
        "base-uri 'self'",
        "form-action 'self'",
        "frame-ancestors 'self'",
    )
)
_HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Opener-Policy": "same-origin",
}


class Closed:
    """ASGI middleware: every answer forbids the page to ask or run anything from elsewhere."""

    def __init__(self, app: "ASGIApp") -> None:
        self.app = app

    async def __call__(self, scope: "Scope", receive: "Receive", send: "Send") -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        host = dict(scope["headers"]).get(b"host", b"").decode("latin-1")
        # Older browsers do not count the socket to the same host as 'self'.
        safe = all(c.isalnum() or c in ".:-[]" for c in host)
        sockets = f"ws://{host} wss://{host}" if host and safe else ""
        added = {**_HEADERS, "Content-Security-Policy": _POLICY.format(sockets=sockets)}

        async def answer(message: "Message") -> None:
            if message["type"] == "http.response.start":
                lines = [(k.lower().encode(), v.encode("latin-1")) for k, v in added.items()]
                message = {**message, "headers": [*message.get("headers", ()), *lines]}
            await send(message)

        await self.app(scope, receive, answer)


def application(secrets: Mapping[str, Any] | None = None) -> "App":
    """The app; `secrets` are Streamlit's (only sign-in needs any)."""
    from starlette.middleware import Middleware

    from ui.parts.frame import PAGES
    from ui.prompt import PromptApp

    return PromptApp(
        SCRIPT,
        secrets=secrets,
        routes=[finding_route(), feed_route(), *front_routes(name for name, _ in PAGES)],
        middleware=[Middleware(Closed)],
        on_script_error=_told,
    )


def server_options(host: str, port: int, *, debug: bool = False) -> dict[str, object]:
    """Streamlit's settings: bound to one address, silent, without clutter or telemetry."""
    return {
        "server.address": host,
        "server.port": port,
        "server.headless": True,  # we print the address and open the browser ourselves
        "server.fileWatcherType": "none",
        "server.maxUploadSize": UPLOAD_MB,
        # A foreign page whose name was pointed at this machine must not talk to the app.
        "server.allowedHosts": list(LOOPBACK) if host in LOOPBACK else [],
        "browser.gatherUsageStats": False,
        "client.toolbarMode": "viewer",
        "client.showErrorDetails": "full" if debug else "none",
        "logger.level": "warning",
        "logger.hideWelcomeMessage": True,
        "runner.magicEnabled": False,
        # Looking through everything that is kept, after every run, takes longer than the run;
        # Python does it by itself when there is cause.
        "runner.postScriptGC": False,
        **theme_options(),
    }


def free_port(host: str, wanted: int) -> int:
    """`wanted`, or the next port above it that nobody listens on.

    Raises ConfigError when the address is not this machine's or no port is free.
    """
    for port in range(wanted, min(wanted + PORTS_TRIED, 65536)):
        try:
            if _is_free(host, port):
                return port
        except socket.gaierror as error:
            raise ConfigError(f"no address of this machine: {host!r}", key="--host") from error
    raise ConfigError(
        f"no free port from {wanted} to {wanted + PORTS_TRIED - 1}; name another", key="--port"
    )


def _is_free(host: str, port: int) -> bool:
    family, kind, *_, address = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
    with socket.socket(family, kind) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(address)
        except PermissionError as error:
            raise ConfigError(
                f"port {port} needs an administrator's rights; take one above 1023", key="--port"
            ) from error
        except OSError as error:
            if error.errno in (99, 10049):  # EADDRNOTAVAIL, WSAEADDRNOTAVAIL
                raise ConfigError(f"no address of this machine: {host!r}", key="--host") from error
            return False
    return True


def _told(error: Exception) -> bool:
    """One sentence on the page instead of a traceback; the traceback goes to the log."""
    from ui.parts.faults import show_fault

    return show_fault(error)


def wait_until_served(host: str, port: int, seconds: float = 30.0) -> bool:
    """True as soon as the server answers; False when it does not in time."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        try:
            with socket.create_connection((host, port), timeout=1):
                return True
        except OSError:
            time.sleep(0.1)
    return False
