"""Three journeys through the app in a real browser, in Japanese and in English."""

import re
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from tests.app_browser import PILLS, TITLES, Visitor, browser, served, visiting

pytestmark = pytest.mark.browser
__all__ = ["browser"]

WORDS = {
    "ja": {
        "next": "次の週", "area": "分野", "total": re.compile(r"\d+ 件"), "study": "勉強会",
        "choose": "勉強会へ", "chosen": "追加済み", "up": "上へ", "search": "検索",
        "comment": "コメント（感想）", "again": "感想を書いた",
    },
    "en": {
        "next": "Next", "area": "Area", "total": re.compile(r"\d+ results"), "study": "Study",
        "choose": "To study", "chosen": "Added", "up": "Up", "search": "Search",
        "comment": "Our comment", "again": "We think so too",
    },
}  # fmt: skip
LANGUAGE = {"ja": "日本語", "en": "English"}


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The app on a new knowledge base: it begins with the sample pack."""
    with served(tmp_path_factory.mktemp("kb") / "data") as base:
        yield base


@pytest.fixture(params=["ja", "en"])
def lang(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture
def visitor(browser: Browser, address: str) -> Iterator[Visitor]:
    with visiting(browser, address) as found:
        yield found
        assert not found.outside
        assert not found.alarms


def test_browse_a_week_filter_open_and_come_back(visitor: Visitor, lang: str) -> None:
    said = WORDS[lang]
    page = visitor.go(f"/?week=2020-W49&lang={LANGUAGE[lang]}")
    visitor.heading("2020-W49")
    page.get_by_role("link", name=said["next"]).click()
    visitor.heading("2020-W50")
    expect(page).to_have_url(re.compile("week=2020-W50"))
    visitor.settle()  # the pills of the week before stand until those of this one are there
    page.locator(PILLS, has_text="Analytics").click()
    expect(page).to_have_url(re.compile("area=Analytics"))
    expect(page.locator("h3", has_text="Analytics").first).to_be_visible()
    expect(page.locator("h3", has_text="Security")).to_have_count(0)
    title = page.locator(TITLES, has_text="Redshift").first
    words = title.inner_text()
    title.click()
    expect(page).to_have_url(re.compile(r"/entry\?.*id=[0-9a-f]{12}"))
    visitor.heading(words)
    page.go_back()
    visitor.heading("2020-W50")
    expect(page).to_have_url(re.compile("area=Analytics"))
    expect(page.locator("h3", has_text="Analytics").first).to_be_visible()
    page.go_back()
    expect(page.locator("h3", has_text="Security").first).to_be_visible()
    expect(page).not_to_have_url(re.compile("area="))


def test_search_as_you_type_filter_share_and_come_back(
    visitor: Visitor, browser: Browser, lang: str
) -> None:
    said = WORDS[lang]
    page = visitor.go(f"/?lang={LANGUAGE[lang]}")
    visitor.heading("2020-W49")
    expect(page.locator("html")).to_have_attribute("lang", lang)
    page.wait_for_function("() => window.reinventKbKeys")
    page.keyboard.press("/")
    expect(page).to_have_url(re.compile("/search"))
    box = page.locator('[data-testid="stMain"] input[type="search"]')
    expect(box).to_be_visible()
    box.press_sequentially("aurora", delay=40)
    expect(page).to_have_url(re.compile("q=aurora"))
    expect(page.locator(TITLES, has_text="Aurora").first).to_be_visible()
    page.locator(".kb-facets button", has_text=re.compile(f"^{said['area']}")).click()
    page.get_by_role("button", name=re.compile(r"^Database \d+")).click()
    expect(page).to_have_url(re.compile("area=Database"))
    expect(page.locator(".kb-chips button", has_text="Database").first).to_be_visible()
    page.keyboard.press("Escape")
    total = page.get_by_text(said["total"]).first.inner_text()
    shared = page.url
    with visiting(browser, visitor.base) as other:
        other.go(shared.removeprefix(visitor.base))
        expect(other.page.get_by_text(total, exact=True).first).to_be_visible()
        expect(other.page.locator(".kb-chips button", has_text="Database").first).to_be_visible()
        assert not other.outside
    page.locator(TITLES, has_text="Aurora").first.click()
    expect(page).to_have_url(re.compile("/entry"))
    page.go_back()
    expect(box).to_have_value("aurora")
    expect(page.get_by_text(total, exact=True).first).to_be_visible()


def test_choose_order_comment_and_take_the_deck(
    visitor: Visitor, lang: str, tmp_path: Path
) -> None:
    said = WORDS[lang]
    page = visitor.go(f"/?week={'2020-W50' if lang == 'ja' else '2020-W51'}&lang={LANGUAGE[lang]}")
    for _ in range(2):
        chosen = page.get_by_role("button", name=said["chosen"])
        before = chosen.count()
        page.get_by_role("button", name=said["choose"]).first.click()
        expect(chosen.nth(before)).to_be_visible()
    page.get_by_test_id("stSidebarNavLink").filter(has_text=said["study"]).click()
    visitor.heading(said["study"])
    items = page.locator("[data-item]")
    last = items.last
    title = last.locator(".kb-title").inner_text()
    count = items.count()
    last.get_by_label(said["comment"]).fill(said["again"])
    last.get_by_label(said["comment"]).press("Control+Enter")
    for place in range(count - 2, -1, -1):
        item = page.locator("[data-item]", has_text=title)
        item.get_by_role("button", name=said["up"], exact=True).click()
        expect(items.nth(place)).to_contain_text(title)
    items.first.locator(".kb-handle").drag_to(items.last)
    expect(items.last).to_contain_text(title)
    expect(items.last.get_by_label(said["comment"])).to_have_value(said["again"])
    with page.expect_download() as download:
        page.get_by_role("button", name="PowerPoint").click()
    file = tmp_path / "deck.pptx"
    download.value.save_as(file)
    with zipfile.ZipFile(file) as package:
        slides = [n for n in package.namelist() if re.fullmatch(r"ppt/slides/slide\d+\.xml", n)]
        text = b"".join(package.read(n) for n in slides).decode()
    assert len(slides) > count
    assert said["again"] in text
