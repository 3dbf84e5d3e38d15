"""What search says of a query, in both languages."""

import string
from pathlib import Path

import pytest

from index.search.notices import NOTICES, Notice
from index.search.query import Query
from tests.app_pages import announcement, filled
from ui.parts.answering import answer
from ui.parts.notices import JAPANESE, notice_in
from ui.parts.opened import Visit


def places(text: str) -> set[str]:
    return {name for _, name, *_ in string.Formatter().parse(text) if name}


@pytest.mark.parametrize("name", NOTICES)
def test_both_languages_say_the_same_of(name: str) -> None:
    english, japanese = NOTICES[name], JAPANESE[name]
    assert places(english) == places(japanese)
    assert english.isascii() or "“" in english
    assert not japanese.isascii()


def test_a_notice_is_english_text_that_can_be_said_in_japanese() -> None:
    notice = Notice("unknown-near", field="service", value="redshfit", near="Amazon Redshift")
    assert notice == "no service is named 'redshfit'; did you mean 'Amazon Redshift'?"
    assert notice_in("en", notice) == str(notice)
    assert notice_in("ja", notice).startswith("service に 'redshfit' はありません")


def test_the_page_tells_a_correction_in_the_interfaces_language(tmp_path: Path) -> None:
    library = filled(tmp_path, [announcement("Amazon Redshift ML is now in preview")])
    assert "this is “Redshift ml”" in library.find(Query(text="redshfit ml")).notice
    for lang, words in (("ja", "では見つからなかったため"), ("en", "nothing was found for")):
        assert words in answer(Visit(library, lang, lang), {"q": ["redshfit ml"]})["notice"]
