"""Who may look in when the app is served to others: Streamlit's OpenID Connect sign-in.

The settings come from the environment (or from Streamlit's own secrets.toml), never from the
knowledge base's folder, which people copy around.
"""

import os
from collections.abc import Mapping
from dataclasses import dataclass
from importlib.util import find_spec
from typing import Any

from index.errors import ConfigError

_NEEDED = {
    "client_id": "REINVENT_KB_OIDC_CLIENT_ID",
    "client_secret": "REINVENT_KB_OIDC_CLIENT_SECRET",
    "server_metadata_url": "REINVENT_KB_OIDC_METADATA_URL",
    "redirect_uri": "REINVENT_KB_OIDC_REDIRECT_URI",
    "cookie_secret": "REINVENT_KB_OIDC_COOKIE_SECRET",
}
ALLOWED = "REINVENT_KB_SIGN_IN_ALLOW"
REQUIRED = "REINVENT_KB_SIGN_IN"


@dataclass(frozen=True, slots=True)
class SignIn:
    """`secrets` as Streamlit wants them; empty where its own secrets.toml holds them."""

    secrets: Mapping[str, Any]


def sign_in_settings(environment: Mapping[str, str] | None = None) -> SignIn | None:
    """How people sign in, or None where nothing is set up.

    Raises ConfigError naming what is missing when it is set up by halves.
    """
    given = os.environ if environment is None else environment
    found = {key: given[name] for key, name in _NEEDED.items() if given.get(name)}
    if not found:
        return SignIn({}) if _in_streamlit_secrets() else None
    if missing := [name for key, name in _NEEDED.items() if key not in found]:
        raise ConfigError(f"sign-in also needs {', '.join(missing)}", key="serve --host")
    if find_spec("authlib") is None or find_spec("httpx") is None:
        raise ConfigError("sign-in needs the extra `signin`: ./run setup signin", key="serve")
    return SignIn({"auth": found})


def may_enter(email: str, allowed: str) -> bool:
    """True when the address, or its `@domain`, stands in the comma-separated list; an empty
    list admits everyone whom the provider lets sign in."""
    wanted = [item.strip().casefold() for item in allowed.split(",") if item.strip()]
    address = email.strip().casefold()
    domain = "@" + address.rpartition("@")[2]
    return not wanted or (bool(address) and (address in wanted or domain in wanted))


def _in_streamlit_secrets() -> bool:
    import streamlit as st

    try:
        return "auth" in st.secrets
    except (FileNotFoundError, KeyError, st.errors.Error):
        return False
