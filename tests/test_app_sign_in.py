"""Sign-in with a real OpenID Connect provider of our own, in the browser."""

from collections.abc import Iterator

import pytest
from oidc_provider_mock import User, run_server_in_thread
from playwright.sync_api import Browser, Page, expect

from tests.app_browser import browser, free_port, served, visiting

pytestmark = pytest.mark.browser
__all__ = ["browser"]


@pytest.fixture(scope="module")
def guarded(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The app as it is served to others; only people of example.com may look in."""
    people = [
        User(sub="ann", claims={"email": "ann@example.com"}),
        User(sub="bob", claims={"email": "bob@example.org"}),
    ]
    port = free_port()
    with (
        run_server_in_thread(user_claims=people) as provider,
        pytest.MonkeyPatch.context() as given,
    ):
        issuer = f"http://127.0.0.1:{provider.server_port}"
        for name, value in {
            "OIDC_CLIENT_ID": "kb",
            "OIDC_CLIENT_SECRET": "secret",
            "OIDC_METADATA_URL": f"{issuer}/.well-known/openid-configuration",
            "OIDC_REDIRECT_URI": f"http://127.0.0.1:{port}/oauth2callback",
            "OIDC_COOKIE_SECRET": "a secret of more than thirty-two letters",
            "SIGN_IN_ALLOW": "@example.com",
        }.items():
            given.setenv(f"REINVENT_KB_{name}", value)
        data = tmp_path_factory.mktemp("kb") / "data"
        with served(data, "--host", "0.0.0.0", port=port) as base:
            yield base


@pytest.fixture
def page(browser: Browser, guarded: str) -> Iterator[Page]:
    with visiting(browser, guarded) as visitor:
        visitor.go("/")
        yield visitor.page


def sign_in(page: Page, name: str) -> None:
    page.get_by_role("button", name="サインイン").click()
    page.get_by_role("button", name=name).click()


def test_a_stranger_sees_the_sign_in_and_nothing_else(page: Page) -> None:
    expect(page.get_by_role("button", name="サインイン")).to_be_visible()
    expect(page.locator(".kb-list, [data-testid='stSidebarNavLink']")).to_have_count(0)


def test_a_person_of_the_group_signs_in_and_stays_signed_in(page: Page, guarded: str) -> None:
    sign_in(page, "ann")
    expect(page.locator("h1").first).to_contain_text("AWS アップデート")
    # A closed browser forgets the cookie that the socket shows, not the one of the sign-in.
    page.context.clear_cookies(name="_streamlit_xsrf")
    page.goto(f"{guarded}/search?q=aurora")
    expect(page.locator(".kb-found .kb-card").first).to_be_visible()


def test_somebody_else_is_told_so(page: Page) -> None:
    sign_in(page, "bob")
    expect(page.get_by_text("bob@example.org には閲覧が許可されていません")).to_be_visible()
    expect(page.get_by_role("button", name="サインアウト")).to_be_visible()
    expect(page.locator(".kb-list, [data-testid='stSidebarNavLink']")).to_have_count(0)
