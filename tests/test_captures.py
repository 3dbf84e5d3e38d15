"""Every captured file is read whole, or named with the reason why it is not."""

from datetime import UTC, datetime
from pathlib import Path

import pytest

from crawler.imports.files import FileReading, left_out, read_paths

NOW = datetime(2026, 11, 23, tzinfo=UTC)
pytestmark = pytest.mark.shared

# file: (form, its own records, entries made of them); rows and repeats of one thing are one entry
READ = {
    "whats-new-archive/dirs-whats-new-en_US-to-2022-09.jsonl": ("posts", 5912, 5912),
    "whats-new-archive/rss-derived-en_US-2026.jsonl": ("posts", 642, 642),
    "whats-new-archive/rss-derived-ja_JP-2025-12-to-2026-08.jsonl": ("posts", 634, 633),
    "whats-new-archive/rss-derived-ko_KR.jsonl": ("posts", 100, 100),
    "whats-new-archive/dirs-api-raw/whats-new-v2-items-2024.json": ("directory API", 9, 9),
    "whats-new-archive/dirs-api-raw/amazon-redwood.json": ("directory API", 26, 26),
    "whats-new-archive/dirs-api-raw/security-bulletins.json": ("directory API", 111, 111),
    "whats-new-archive/shape-samples/display-date-only-2022-09-09.json": ("directory API", 40, 40),
    "whats-new-archive/shape-samples/display-no-tags-2022-09-06.json": ("directory API", 40, 40),
    "whats-new-archive/shape-samples/display-tags-beside-item-2022-09-07.json": (
        "directory API",
        40,
        40,
    ),
    "whats-new-archive/shape-samples/display-tags-inside-item-2022-09-11.json": (
        "directory API",
        40,
        40,
    ),
    "whats-new-archive/shape-samples/category-scrape-2024-Containers.json": ("posts", 78, 78),
    "whats-new-archive/shape-samples/category-scrape-2024-Containers_withservices.json": (
        "posts",
        78,
        78,
    ),
    "feeds/parsed/aws-news-blog-listing-en-to-2023-02.jsonl": ("posts", 705, 705),
    "feeds/parsed/aws-news-blog-listing-ko-to-2023-02.jsonl": ("posts", 300, 300),
    "feeds/parsed/developersio-ja.jsonl": ("posts", 2064, 2064),
    "feeds/parsed/publickey-ja.jsonl": ("posts", 108, 108),
    "feeds/hatena-export/stormcat24-mt-export.txt": ("Movable Type export", 1, 1),
    "feeds/hatena-export/funatsufumiya-excerpt-mt-export.txt": ("Movable Type export", 24, 24),
    "pages/whats-new-listing-2020-02.html": ("listing", 114, 114),
    "pages/hatena-archive-junichiito-test-page1.html": ("listing", 30, 30),
    "pages/hatena-archive-junichiito-test-page2.html": ("listing", 1, 1),
    "pages/hatena-entry-junichiito-test-2018-07-17.html": ("article", 1, 1),
    "pages/publickey-article.html": ("article", 1, 1),
    "reinvent-sessions/2020-schedule-2020-11-20.json": ("session catalogue", 1809, 769),
    "reinvent-sessions/2020-schedule-2020-12-02.json": ("session catalogue", 1884, 771),
    "reinvent-sessions/2025-sessions.json": ("session catalogue", 922, 922),
    "reinvent-sessions/2025-youtube-videos.jsonl": ("session catalogue", 106, 106),
    "reinvent-sessions/2024-sessions.csv": ("session catalogue", 1181, 956),
    "reinvent-sessions/2022-youtube-page1.json": ("session catalogue", 200, 200),
    "reinvent-sessions/2022-youtube-page3.json": ("session catalogue", 400, 400),
    "reinvent-sessions/2018-materials-session.json": ("session catalogue", 92, 83),
    "reinvent-sessions/2018-materials-session.ja.md": ("session catalogue", 92, 83),
    "reinvent-sessions/2018-materials-bc-session.json": ("session catalogue", 10, 10),
    "reinvent-sessions/2018-schedule.csv": ("session catalogue", 169, 108),
    "reinvent-sessions/2018-sample-events.json": ("session catalogue", 29, 28),
    "reinvent-sessions/2015-catalog-html/ARC.html": ("session catalogue", 26, 25),
    "reinvent-notes/devio-reinvent-2023-posts-ja.json": ("posts", 199, 199),
    "reinvent-notes/2025-llm-video-tags.json": ("session catalogue", 13, 13),
    "reinvent-notes/2025-top10-quiz-deck.json": ("slide deck", 1, 1),
    "digests/llm-summaries-en-2025-11-to-2026-01.jsonl": ("posts", 216, 216),
    "digests/nnydtmg-marp-ja.index.jsonl": ("posts", 247, 247),
    "digests/takech9203-reports-ja.index.jsonl": ("posts", 198, 198),
    "digests/pairs.jsonl": ("pairs", 1063, 1462),
    "services/rename-evidence-in-announcements.jsonl": ("posts", 24, 24),
}
# A folder of files that are one entry each: (files, entries).
FOLDERS = {
    "digests/98lerr-weekly-ja": (16, 16),
    "digests/cm-nakamura-weekly-ja": (12, 12),
    "digests/takech9203-reports-ja": (198, 198),
    "reinvent-notes/2018-human-notes-en": (6, 6),
    "reinvent-notes/2019-human-notes-en": (18, 18),
    "reinvent-notes/2019-report-slides-ja": (1, 1),
    "reinvent-notes/2023-recap-en": (1, 1),
    "feeds/hatena-markdown": (8, 8),
    "pages/aws-blog-articles-cleaned": (8, 8),
}
REFUSED = {
    "whats-new-archive/bodies-formatted-undated.jsonl": "its records hold n, body_html",
    "whats-new-archive/shape-samples/category-scrape-categories.json": "hold name, value",
    "pages/whats-new-landing-2025-07-20.html": "nothing found in it",
    "services/98lerr-service-categories-ja.json": "no entries in it",
    "services/iam-services-2026.csv": "no entries in it",
    "services/service-launch-dates.json": "no entries in it",
    "services/wrong-to-right-names-vale-2020.txt": "settings (YAML)",
}


def read(path: Path) -> list[FileReading]:
    return list(read_paths([str(path)], NOW))


@pytest.mark.parametrize("name", READ)
def test_a_captured_file_is_read_whole(captures: Path, name: str) -> None:
    (file,) = read(captures / name)
    assert file.reading is not None, file.reason
    form, records, entries = READ[name]
    assert (file.reading.form, file.reading.records) == (form, records)
    assert len(file.reading.entries) == entries
    assert left_out(file) == ()


@pytest.mark.parametrize("name", FOLDERS)
def test_a_folder_of_captured_files_is_read_whole(captures: Path, name: str) -> None:
    files = read(captures / name)
    entries = [e for file in files if file.reading for e in file.reading.entries]
    assert (len(files), len(entries)) == FOLDERS[name]
    assert [left_out(file) for file in files] == [()] * len(files)


def test_a_folder_of_slides_and_summaries_is_read_whole(captures: Path) -> None:
    files = read(captures / "digests" / "nnydtmg-marp-ja")
    forms = [file.reading.form for file in files if file.reading]
    assert (forms.count("Marp deck"), forms.count("Markdown")) == (246, 247)


def test_machine_notes_are_read_but_for_the_one_file_that_is_no_text(captures: Path) -> None:
    files = read(captures / "reinvent-notes" / "2024-llm-session-summaries-en")
    refused = [file for file in files if file.reason]
    assert (len(files), len(refused)) == (184, 1)
    assert refused[0].reason == "not a text"


@pytest.mark.parametrize("name", REFUSED)
def test_what_is_no_entry_is_named_with_its_reason(captures: Path, name: str) -> None:
    (file,) = read(captures / name)
    (skipped,) = left_out(file)
    assert skipped.where.endswith(Path(name).name)
    assert REFUSED[name] in skipped.reason


def test_products_of_the_directory_are_named_one_by_one(captures: Path) -> None:
    (file,) = read(captures / "services" / "dirs-api-aws-products-2022-09.json")
    assert len(left_out(file)) == 262
    assert "a product" in left_out(file)[0].reason


def test_lists_of_feeds_are_read_though_malformed(captures: Path) -> None:
    files = read(captures / "feeds" / "opml")
    feeds = [[s for s in file.subscriptions if s.url] for file in files]
    assert [len(found) for found in feeds] == [41, 109]
    unnamed = [s for file in files for s in file.subscriptions if not s.url]
    assert all(s.title for s in unnamed)  # services whose feed nobody found: named as such
