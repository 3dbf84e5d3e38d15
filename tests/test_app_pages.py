"""Every page of the app: empty, with one entry, with many, with an error, with a bad address."""

from datetime import date
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from index.entry import Session
from tests.app_pages import announcement, filled, given, page, said
from ui.parts.address import DRAWN
from ui.parts.agenda_view import act, agenda_items
from ui.parts.opened import Visit

PAGES = ("week", "search", "services", "sessions", "study", "sources")


@pytest.mark.parametrize("name", PAGES)
def test_an_empty_knowledge_base_says_what_to_do(
    name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    test = page(tmp_path, name, monkeypatch)
    assert not test.exception
    assert len(test.title) == 1
    told = said(test)
    hints = {"sessions": "取り込んでください", "study": "まだ勉強会がありません",
             "sources": "まだ何も集めていません"}  # fmt: skip
    assert hints.get(name, "まだ何も入っていません") in told


@pytest.mark.parametrize("name", PAGES)
def test_a_page_with_one_entry_works(
    name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    filled(tmp_path, [announcement("Amazon Redshift ML is now in preview")])
    test = page(tmp_path, name, monkeypatch)
    assert not test.exception
    assert not test.error


@pytest.mark.parametrize("name", PAGES)
def test_a_page_with_many_entries_works_in_english(
    name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    many = [announcement(f"Amazon Redshift gains feature number {n}") for n in range(120)]
    filled(tmp_path, many)
    test = page(tmp_path, name, monkeypatch, lang="English")
    assert not test.exception
    names = {"week": "AWS updates 2020-W50", "search": "Search", "services": "Services",
             "sessions": "Sessions & notes", "study": "Study", "sources": "Sources"}  # fmt: skip
    assert test.title[0].value.replace("\\", "") == names[name]


def test_this_week_shows_cards_by_area_and_why_the_top_ones_matter(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    filled(
        tmp_path,
        [
            announcement("Amazon Redshift ML is now in preview"),
            announcement("Amazon Aurora Serverless v2 is now generally available"),
        ],
    )
    told = said(page(tmp_path, "week", monkeypatch, week="2020-W50"))
    assert "Redshift ML" in told
    assert "Analytics" in told and "Database" in told
    assert "理由" in told


def test_the_charts_come_when_the_cards_stand(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    filled(
        tmp_path, [announcement(f"Amazon Redshift gains {d}", f"2020-12-{d}") for d in ("01", "08")]
    )
    for name, address, charts in (
        ("week", {"week": "2020-W50"}, 2),
        ("services", {"service": "Amazon Redshift"}, 2),
        ("sources", {}, 1),
    ):
        test = page(tmp_path, name, monkeypatch, **address)
        assert not test.get("vega_lite_chart")
        test.session_state[DRAWN] = True
        test.run()
        assert not test.exception
        assert len(test.get("vega_lite_chart")) == charts


def test_a_week_that_nobody_can_read_falls_back_to_the_newest(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    filled(tmp_path, [announcement("Amazon Redshift ML is now in preview")])
    test = page(tmp_path, "week", monkeypatch, week="2020-W99'<script>")
    assert not test.exception
    assert "2020-W50" in test.title[0].value.replace("\\", "")
    assert test.warning


def test_an_empty_week_leads_to_the_newest(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    filled(tmp_path, [announcement("Amazon Redshift ML is now in preview")])
    test = page(tmp_path, "week", monkeypatch, week="2019-W01")
    assert not test.exception
    assert any("2020-W50" in button.label for button in test.button)


def test_an_area_of_the_address_filters_and_an_unknown_one_does_not(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    filled(
        tmp_path,
        [
            announcement("Amazon Redshift ML is now in preview"),
            announcement("Amazon Aurora Serverless v2 is now generally available"),
        ],
    )
    told = said(page(tmp_path, "week", monkeypatch, week="2020-W50", area="Database"))
    assert "Aurora" in told and "Redshift ML" not in told
    told = said(page(tmp_path, "week", monkeypatch, week="2020-W50", area="Nonsense"))
    assert "Aurora" in told and "Redshift ML" in told


def test_search_finds_marks_and_filters(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    filled(
        tmp_path,
        [
            announcement("Amazon Redshift ML is now in preview"),
            announcement("Amazon Aurora Serverless v2 is now generally available"),
        ],
    )
    told = said(page(tmp_path, "search", monkeypatch, q="redshift"))
    title = given(page(tmp_path, "search", monkeypatch, q="redshift"), "finder")["answer"]["cards"][
        0
    ]
    assert title["title"][1::2] == ["Redshift"]
    assert "Redshift" in told
    assert "Aurora" not in told
    told = said(page(tmp_path, "search", monkeypatch, area="Database"))
    assert "Aurora" in told and "Redshift" not in told


def test_an_unknown_value_of_a_filter_is_said_in_a_sentence(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    filled(tmp_path, [announcement("Amazon Redshift ML is now in preview")])
    test = page(tmp_path, "search", monkeypatch, area="Nonsense", page="-3", since="never")
    assert not test.exception
    assert "Nonsense" in given(test, "finder")["answer"]["warning"]


def test_an_entry_shows_its_facts_with_their_evidence(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    library = filled(tmp_path, [announcement("Amazon Redshift ML is now in preview")])
    entry_id = next(library.shelf.where("1 = 1")).id
    told = said(page(tmp_path, "entry", monkeypatch, id=entry_id))
    assert "Redshift ML" in told
    assert "**Analytics**" in told and "題名の語" in told


@pytest.mark.parametrize("wrong", ["", "nope", "'; DROP TABLE entry; --", "ffffffffffff"])
def test_an_unknown_entry_is_said_in_a_sentence(
    wrong: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    filled(tmp_path, [announcement("Amazon Redshift ML is now in preview")])
    test = page(tmp_path, "entry", monkeypatch, id=wrong)
    assert not test.exception
    assert test.warning


def test_a_correction_stays_and_can_be_taken_back(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    library = filled(tmp_path, [announcement("Amazon Redshift ML is now in preview")])
    entry_id = next(library.shelf.where("1 = 1")).id
    test = page(tmp_path, "entry", monkeypatch, id=entry_id)
    test.session_state["correct"] = True  # the drawer is opened
    test.run()
    test.multiselect(f"correct-{entry_id}-area").set_value(["ML/AI"]).run()
    test.button("correct-save").click().run()
    assert not test.exception
    assert library.get(entry_id).facts.area == "ML/AI"  # type: ignore[union-attr]
    test.button("correct-undo").click().run()
    assert library.get(entry_id).facts.area == "Analytics"  # type: ignore[union-attr]


def test_an_own_note_is_kept_found_and_removed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    library = filled(tmp_path, [announcement("Amazon Redshift ML is now in preview")])
    entry_id = next(library.shelf.where("1 = 1")).id
    test = page(tmp_path, "entry", monkeypatch, id=entry_id)
    test.text_area[0].set_value("We tried **this**; zweifelhaft.")
    _submit(test, f"note-{entry_id}")
    note = library.notes.of(entry_id)
    assert note is not None and "zweifelhaft" in note.entry.text
    assert "zweifelhaft" in said(page(tmp_path, "search", monkeypatch, q="zweifelhaft"))
    test = page(tmp_path, "entry", monkeypatch, id=entry_id)
    test.text_area[0].set_value(" ")
    _submit(test, f"note-{entry_id}")
    assert library.notes.of(entry_id) is None


def test_a_service_is_followed_by_any_of_its_names(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    filled(
        tmp_path,
        [
            announcement("Amazon Redshift ML is now in preview"),
            announcement("Amazon Redshift ML is now generally available", "2021-05-27"),
        ],
    )
    test = page(tmp_path, "services", monkeypatch, service="redshift")
    assert not test.exception
    told = said(test)
    assert "Amazon Redshift" in test.title[0].value
    assert "2021\\-05\\-27" in told
    test = page(tmp_path, "services", monkeypatch, service="No Such Thing")
    assert not test.exception and test.info


def test_a_note_stands_in_the_card_of_its_session(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    about = Session(code="DOP309", year=2020)
    filled(
        tmp_path,
        [
            announcement("Test twice", kind="session", session=about),
            announcement("Notes on DOP309", kind="note", session=about, source="b.example"),
        ],
    )
    _, session = given(page(tmp_path, "sessions", monkeypatch), "rows")["blocks"]
    assert session["title"] == ["Test twice"]
    assert [note["title"] for note in session["inside"]] == [["Notes on DOP309"]]
    _, note = given(page(tmp_path, "sessions", monkeypatch, kind="note"), "rows")["blocks"]
    assert note["title"] == ["Notes on DOP309"] and not note["inside"]


def test_a_story_chosen_in_one_language_is_chosen_in_the_other(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    english = announcement("Amazon Redshift ML is now in preview")
    japanese = announcement(
        "Amazon Redshift ML のプレビュー", lang="ja", source="whats-new-ja",
        url=str(english.url).replace(".com/", ".com/jp/"),
    )  # fmt: skip
    library = filled(tmp_path, [english, japanese])
    ids = {s.entry.lang: s.id for s in library.shelf.where("1 = 1")}
    test = page(tmp_path, "entry", monkeypatch, id=ids["ja"])
    next(b for b in test.button if b.label == "勉強会へ").click().run()
    test = page(tmp_path, "entry", monkeypatch, id=ids["en"])
    assert given(page(tmp_path, "week", monkeypatch), "digest")["chosen"] == sorted(ids.values())
    next(b for b in test.button if b.label == "追加済み").click().run()
    assert not library.study.get("last").items


def test_a_hit_has_its_title_in_the_language_that_is_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    english = announcement("Amazon Redshift ML is now in preview")
    japanese = announcement(
        "新しい機械学習のプレビュー", lang="ja", source="whats-new-ja", text="",
        url=str(english.url).replace(".com/", ".com/jp/"),
    )  # fmt: skip
    filled(tmp_path, [english, japanese])
    for texts, other in (("日本語", japanese.title), ("English", None), ("JA+EN", japanese.title)):
        test = page(tmp_path, "search", monkeypatch, q="redshift", texts=texts)
        (card,) = given(test, "finder")["answer"]["cards"]
        assert "".join(card["title"]) == english.title
        assert card.get("other") == other


def test_previews_that_wait_stand_beside_the_services_once_those_are_drawn(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    filled(tmp_path, [announcement("Amazon Redshift ML is now in preview")])
    test = page(tmp_path, "services", monkeypatch)
    assert given(test, "services")["waited"] and not given(test, "waiting")
    test.session_state[DRAWN] = True
    test.run()
    found = given(test, "waiting")["blocks"]
    assert [row["title"] for row in found] == [["Amazon Redshift ML is now in preview"]]


def test_a_watched_service_is_kept_in_the_settings(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "config.toml").write_text('# ours\n[interface]\nlanguage = "en"\n')
    filled(tmp_path, [announcement("Amazon Redshift ML is now in preview")])
    test = page(tmp_path, "services", monkeypatch, service="Amazon Redshift")
    next(b for b in test.button if b.label == "Watch").click().run()
    assert not test.exception
    text = (tmp_path / "config.toml").read_text()
    assert '"Amazon Redshift"' in text and text.startswith("# ours")


def test_a_session_is_chosen_commented_and_covered(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    library = filled(tmp_path, [announcement("Amazon Redshift ML is now in preview")])
    entry_id = next(library.shelf.where("1 = 1")).id
    test = page(tmp_path, "entry", monkeypatch, id=entry_id)
    next(b for b in test.button if b.label == "勉強会へ").click().run()
    session = library.study.get("last")
    assert [i.entry.entry.title for i in session.items] == ["Amazon Redshift ML is now in preview"]
    assert given(page(tmp_path, "week", monkeypatch), "digest")["chosen"] == [entry_id]
    test = page(tmp_path, "study", monkeypatch)
    assert not test.exception
    name = f"agenda-{session.number}"
    assert [i["card"]["id"] for i in given(test, name)["items"]] == [entry_id]
    seen = Visit(library, "ja", "ja")
    act(seen, session, "comment", {"id": entry_id, "text": "試したい"})
    act(seen, session, "cover", {"id": entry_id, "on": True})
    item = library.study.get("last").items[0]
    assert item.comment == "試したい" and item.covered is not None
    drawn = given(page(tmp_path, "study", monkeypatch), name)["items"][0]
    assert drawn["comment"] == "試したい" and drawn["covered"]


def test_an_agenda_is_put_in_order_and_the_pinned_stay_above(tmp_path: Path) -> None:
    library = filled(tmp_path, [announcement(f"Amazon Redshift gains {n}") for n in range(3)])
    ids = [stored.id for stored in library.shelf.where("1 = 1")]
    session = library.study.add(library.study.new(date(2030, 1, 7)), ids)
    seen = Visit(library, "en", "en")

    def order() -> list[str]:
        found = agenda_items(seen, library.study.get("last"))
        return [item["card"]["id"] for item in found]

    act(seen, session, "move", {"id": ids[2], "place": 1})
    assert order() == [ids[2], ids[0], ids[1]]
    act(seen, session, "pin", {"id": ids[1], "on": True})
    assert order() == [ids[1], ids[2], ids[0]]
    ends = [(i["first"], i["last"]) for i in agenda_items(seen, library.study.get("last"))]
    assert ends == [(True, True), (True, False), (False, True)]
    act(seen, session, "drop", {"id": ids[2]})
    act(seen, session, "move", {"id": "nothing", "place": 1})
    assert order() == [ids[1], ids[0]]


def test_an_unknown_session_is_said_in_a_sentence(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    test = page(tmp_path, "study", monkeypatch, session="77")
    assert not test.exception and test.warning


def test_a_broken_setting_is_one_sentence_on_every_page(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "config.toml").write_text("[digest]\nwhatch = []\n")
    monkeypatch.setenv("REINVENT_KB_DATA", str(tmp_path))
    test = page(tmp_path, "week", monkeypatch)
    assert not test.exception
    assert "watch" in test.error[0].value


def _submit(test: AppTest, form: str) -> None:
    """Press the button of a form."""
    next(b for b in test.button if b.form_id == form).click().run()
