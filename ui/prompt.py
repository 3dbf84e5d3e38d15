"""Streamlit's server without two waits of its own. Imported where the app is served only."""

import socket
from typing import TYPE_CHECKING

from streamlit.starlette import App

if TYPE_CHECKING:
    from starlette.types import Receive, Scope, Send


class PromptApp(App):
    """Streamlit's ASGI application; what it sends leaves at once.

    Streamlit opens its socket without naming the protocol, and asyncio then leaves Nagle's
    algorithm on: every second small message waits up to 40 ms for the first one's receipt.
    """

    async def __call__(self, scope: "Scope", receive: "Receive", send: "Send") -> None:
        _send_at_once(send)
        await super().__call__(scope, receive, send)


def _send_at_once(send: "Send") -> None:
    # uvicorn gives `send` as a method of what holds the connection; nothing else tells it.
    transport = getattr(getattr(send, "__self__", None), "transport", None)
    connection = transport.get_extra_info("socket") if transport else None
    if connection is not None and connection.family in (socket.AF_INET, socket.AF_INET6):
        connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
