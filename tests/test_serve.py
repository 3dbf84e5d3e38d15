"""`serve`: bound to this machine, one sentence for every trouble, the sample pack once."""

import socket
from pathlib import Path

import pytest
from click.testing import CliRunner

from index.errors import ConfigError
from index.library import Library
from tests.app_pages import announcement
from ui.cli import cli
from ui.parts.palette import contrast
from ui.parts.theme import theme_options
from ui.sample import is_sample_alone, load_sample
from ui.serving import free_port, server_options
from ui.signing import may_enter, sign_in_settings

OIDC = {
    "REINVENT_KB_OIDC_CLIENT_ID": "id",
    "REINVENT_KB_OIDC_CLIENT_SECRET": "secret",
    "REINVENT_KB_OIDC_METADATA_URL": "https://example.com/.well-known/openid-configuration",
    "REINVENT_KB_OIDC_REDIRECT_URI": "https://kb.example.com/oauth2callback",
}


def test_another_address_than_this_machine_needs_sign_in_or_a_flag(tmp_path: Path) -> None:
    words = ["serve", "--host", "0.0.0.0", "--data", str(tmp_path), "--no-browser"]
    result = CliRunner().invoke(cli, words)
    assert isinstance(result.exception, ConfigError)
    assert "--open-to-all" in str(result.exception)


def test_a_taken_port_gives_way_to_the_next() -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        assert port < free_port("127.0.0.1", port) < port + 50


def test_an_address_that_is_not_ours_is_said() -> None:
    with pytest.raises(ConfigError, match="no address of this machine"):
        free_port("203.0.113.7", 8501)


def test_nothing_is_told_to_anybody_and_foreign_names_are_refused() -> None:
    options = server_options("127.0.0.1", 8501)
    assert options["browser.gatherUsageStats"] is False
    assert options["server.address"] == "127.0.0.1"
    assert "127.0.0.1" in options["server.allowedHosts"]  # type: ignore[operator]
    assert options["client.showErrorDetails"] == "none"


def test_sign_in_by_halves_names_what_is_missing() -> None:
    assert sign_in_settings({}) is None
    with pytest.raises(ConfigError, match="REINVENT_KB_OIDC_COOKIE_SECRET"):
        sign_in_settings(OIDC)


@pytest.mark.parametrize(
    ("email", "allowed", "enters"),
    [
        ("ann@example.com", "", True),
        ("ann@example.com", "ann@example.com", True),
        ("Ann@Example.com", " ann@example.com , @example.org", True),
        ("bob@example.org", "ann@example.com,@example.org", True),
        ("bob@evil-example.org", "@example.org", False),
        ("bob@example.org.evil", "@example.org", False),
        ("", "@example.org", False),
        ("", "@", False),
    ],
)
def test_who_may_enter(email: str, allowed: str, enters: bool) -> None:
    assert may_enter(email, allowed) is enters


def test_the_sample_is_loaded_once_and_never_comes_back(tmp_path: Path) -> None:
    library = Library(tmp_path)
    added = load_sample(library)
    assert added is not None and added.new > 100
    assert is_sample_alone(library)
    with library.store.write() as connection:
        connection.execute("DELETE FROM entry")
    assert load_sample(library) is None
    assert library.count() == 0


def test_a_filled_knowledge_base_is_left_alone(tmp_path: Path) -> None:
    library = Library(tmp_path)
    library.add([announcement("Amazon Redshift ML is now in preview")])
    assert load_sample(library) is None
    assert library.count() == 1
    assert not is_sample_alone(library)


@pytest.mark.parametrize("appearance", ["light", "dark"])
def test_words_of_the_theme_stand_off_their_ground(appearance: str) -> None:
    theme = {
        key.removeprefix(f"theme.{appearance}."): str(value).lstrip("#")
        for key, value in theme_options().items()
        if key.startswith(f"theme.{appearance}.")
    }
    for ground in (theme["backgroundColor"], theme["secondaryBackgroundColor"]):
        for ink in ("textColor", "linkColor", "primaryColor"):
            assert contrast(theme[ink], ground) >= 4.5, (ink, ground)
