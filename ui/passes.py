"""Passes: what lets an open page ask the server directly, beside Streamlit's own socket.

A page gets its pass from the script, which runs only for those who were let in
(`ui/parts/frame.py`); it is good as long as that page's session is open on this server.
"""

import hashlib
import hmac
import secrets

_SECRET = secrets.token_bytes(32)


def page_pass() -> str:
    """The pass of the session whose script is running."""
    from streamlit.runtime.scriptrunner import get_script_run_ctx

    context = get_script_run_ctx()
    return signed(context.session_id) if context else ""


def signed(session: str) -> str:
    """A session's id with its signature."""
    mark = hmac.new(_SECRET, session.encode(), hashlib.sha256).hexdigest()
    return f"{session}.{mark}"


def admits(shown: str) -> bool:
    """True when the pass is ours and its session is still open."""
    from streamlit.runtime import Runtime

    session = shown.rpartition(".")[0]
    ours = hmac.compare_digest(shown.encode(), signed(session).encode())
    return ours and Runtime.exists() and Runtime.instance().is_active_session(session)
