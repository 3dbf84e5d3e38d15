"""Decks as python-pptx reads them back: what stands on slides, and how it can be used."""

from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from PIL import Image
from pptx import Presentation
from pptx.oxml.ns import qn
from pptx.util import Pt

from index.digest import AreaGroup, Digest, DigestItem
from index.errors import ConfigError
from tests.deck_weeks import PERIOD, empty_week, odd_templates, stress_week, templates
from ui.decks.gather import local_pictures
from ui.decks.item import update
from ui.decks.look import look_of
from ui.decks.outline import (
    Agenda,
    Chart,
    Moment,
    Outline,
    Picture,
    Points,
    Section,
    Timeline,
    Update,
)
from ui.decks.paragraphs import language, printable
from ui.decks.points import points_of
from ui.decks.powerpoint import powerpoint
from ui.decks.week import outline_of_digest
from ui.decks.words import JA
from ui.parts.palette import contrast


def item(number: int, area: str, text: str, **more: Any) -> DigestItem:
    return DigestItem(
        id=f"{number:012d}",
        kind="announcement",
        title=more.pop("title", f"Amazon Example {number}"),
        summary=(text.split("。")[0],),
        url=f"https://aws.amazon.com/about-aws/whats-new/2020/12/{number}/",
        source="whats-new-ja",
        published=PERIOD.start,
        lang="ja",
        area=area,
        text=text,
        **more,
    )


LONG = (
    "画面から使えるサービスです。料金は使った分だけ。設定は要りません。"
    "三つの言語に対応します。東京で使えます。"
)


def small_week() -> Digest:
    groups = (
        AreaGroup("Analytics", tuple(item(n, "Analytics", LONG, stage="ga") for n in range(3))),
        AreaGroup("ML/AI", tuple(item(n, "ML/AI", "短い。") for n in range(3, 10))),
    )
    total = sum(len(group.items) for group in groups)
    return Digest(period=PERIOD, lang="ja", total=total, top=groups[0].items[:2], areas=groups)


def opened(outline: Outline, template: Path | None = None) -> Any:
    return Presentation(BytesIO(powerpoint(outline, template)))


def all_text(slide: Any) -> str:
    return "\n".join(t.text or "" for t in slide._element.iter(qn("a:t")))


@pytest.fixture(scope="module")
def stress() -> Any:
    return opened(outline_of_digest(stress_week(42), "ja"))


# outlines


def test_the_chart_says_its_conclusion() -> None:
    slides = outline_of_digest(small_week(), "ja").slides
    assert next(s for s in slides if isinstance(s, Chart)).title == "ML/AI が 70 %"
    english = outline_of_digest(small_week(), "en").slides
    assert next(s for s in english if isinstance(s, Chart)).title == "ML/AI: 70 % of all updates"


def test_many_equal_areas_are_no_conclusion() -> None:
    slides = outline_of_digest(stress_week(42), "ja").slides
    assert "21 領域にひろく 42 件" in next(s for s in slides if isinstance(s, Chart)).title


def test_short_items_share_slides_and_one_alone_has_its_own() -> None:
    slides = outline_of_digest(small_week(), "ja").slides
    assert sum(isinstance(s, Update) for s in slides) == 3
    lone = Digest(
        period=PERIOD, lang="ja", total=1, areas=(AreaGroup("IoT", (item(1, "IoT", "短い。"),)),)
    )
    assert sum(isinstance(s, Update) for s in outline_of_digest(lone, "ja").slides) == 1


def test_every_area_has_a_section_and_every_stop_leads_to_one() -> None:
    slides = outline_of_digest(stress_week(42), "ja").slides
    sections = [s.key for s in slides if isinstance(s, Section)]
    agenda = next(s for s in slides if isinstance(s, Agenda))
    assert [stop.key for stop in agenda.stops] == sections
    assert len(set(sections)) == 21


def test_the_fact_card_holds_only_what_the_source_says() -> None:
    bare = update(item(1, "IoT", LONG), JA)
    assert [fact.name for fact in bare.facts] == ["発表日"]
    full = update(
        item(1, "IoT", LONG, stage="preview", price="1 時間 $0.10", services=("AWS X",),
             regions=("ap-northeast-1", "us-east-1"), tokyo="yes", osaka="no"),
        JA,
    )  # fmt: skip
    values = {fact.name: fact.value for fact in full.facts}
    assert values["料金"] == "1 時間 $0.10"
    assert values["リージョン"] == "東京 +1"
    assert values["段階"] == "プレビュー"


def test_points_are_at_most_five_and_never_say_a_thing_twice() -> None:
    points = points_of(("画面から使えるサービス",), LONG)
    assert 3 <= len(points) <= 5
    assert len([p for p in points if "画面" in p]) == 1
    assert points_of((), "詳細はドキュメントをご覧ください。") == ()


def test_an_empty_week_says_so() -> None:
    slides = outline_of_digest(empty_week(), "ja").slides
    assert len(slides) == 2
    assert isinstance(slides[1], Points)


# slides


def test_every_update_is_on_a_slide_and_in_the_table(stress: Any) -> None:
    texts = "\n".join(all_text(slide) for slide in stress.slides)
    links = {
        rel.target_ref
        for slide in stress.slides
        for rel in slide.part.rels.values()
        if rel.is_external
    }
    assert links >= {item.url for item in stress_week(42).items}
    assert "一覧" in texts


def test_text_stands_in_the_templates_placeholders(stress: Any) -> None:
    assert all(slide.shapes.title is not None for slide in stress.slides)
    titled = [slide.shapes.title.text_frame.text for slide in stress.slides]
    assert all(titled)


def test_no_text_is_smaller_than_18_points(stress: Any) -> None:
    for slide in stress.slides:
        for shape in slide.shapes:
            if shape.is_placeholder and shape.placeholder_format.type in (13, 15):
                continue  # slide number and footer are the template's
            for run in shape._element.iter(qn("a:rPr")):
                assert int(run.get("sz")) >= 1800


def test_bullets_of_updates_are_at_least_20_points(stress: Any) -> None:
    bullets = [
        paragraph
        for slide in stress.slides
        for paragraph in slide._element.iter(qn("a:p"))
        if paragraph.find(f"{qn('a:pPr')}/{qn('a:buChar')}") is not None
    ]
    assert bullets
    sizes = {int(r.get("sz")) for p in bullets for r in p.iter(qn("a:rPr"))}
    assert min(sizes) >= 2000


def test_no_control_characters_or_marks_that_reorder_text_remain(stress: Any) -> None:
    texts = [all_text(slide) for slide in stress.slides]
    texts += [s.notes_slide.notes_text_frame.text for s in stress.slides if s.has_notes_slide]
    for text in texts:
        assert printable(text) == text
        assert "\u202e" not in text


def test_charts_tables_and_pictures_have_alternative_text_and_bars_are_decoration(
    stress: Any,
) -> None:
    for slide in stress.slides:
        for shape in slide.shapes:
            properties = shape._element.find(f".//{qn('p:cNvPr')}")
            if shape.has_chart or shape.has_table:
                assert len(properties.get("descr")) > 10
            elif shape.name == "Bar":
                assert "decorative" in str([c.tag for c in properties.iter()])


def test_the_chart_is_native_and_can_be_edited(stress: Any) -> None:
    chart = next(s.chart for slide in stress.slides for s in slide.shapes if s.has_chart)
    assert sum(chart.plots[0].series[0].values) == 42
    assert chart.part.chart_workbook.xlsx_part is not None


def test_the_title_is_read_first(stress: Any) -> None:
    for slide in stress.slides:
        words = [s for s in slide.shapes if s.has_text_frame and s.text_frame.text.strip()]
        assert words[0] == slide.shapes.title


def test_agenda_and_sections_lead_to_slides_of_this_deck(stress: Any) -> None:
    parts = {slide.part for slide in stress.slides}
    jumps = [
        slide.part.related_part(link.get(qn("r:id")))
        for slide in stress.slides
        for link in slide._element.iter(qn("a:hlinkClick"))
        if link.get("action") == "ppaction://hlinksldjump"
    ]
    assert len(jumps) > 21
    assert set(jumps) <= parts


def test_notes_hold_the_full_text_the_address_and_the_date() -> None:
    deck = opened(outline_of_digest(small_week(), "ja"))
    notes = [s.notes_slide.notes_text_frame.text for s in deck.slides if s.has_notes_slide]
    told = next(text for text in notes if text.startswith("Amazon Example 0\n\n"))
    assert LONG in told
    assert "https://aws.amazon.com/about-aws/whats-new/2020/12/0/" in told
    assert "2020-12-07" in told


def test_runs_say_their_language(stress: Any) -> None:
    for slide in stress.slides:
        for run in slide._element.iter(qn("a:r")):
            text = run.find(qn("a:t")).text
            assert run.find(qn("a:rPr")).get("lang") == language(text)
    assert (language("再配置"), language("Redshift ML"), language("한국어")) == (
        "ja-JP",
        "en-US",
        "ko-KR",
    )


def test_slides_are_numbered_and_name_their_source(stress: Any) -> None:
    for slide in list(stress.slides)[1:]:
        kinds = [p.placeholder_format.type for p in slide.placeholders]
        assert 13 in kinds
        assert 15 in kinds
        footer = next(p for p in slide.placeholders if p.placeholder_format.type == 15)
        assert "AWS What's New" in footer.text_frame.text


def test_a_long_text_goes_on_on_further_slides() -> None:
    long = tuple(f"{n} 番目の説明です。" + "とても長い文が続きます、" * 14 for n in range(5))
    slide = Update(key="x", area="IoT", title="長い話", points=long, source_name="")
    outline = outline_of_digest(empty_week(), "ja")
    deck = opened(
        Outline(title="x", lang="ja", made=outline.made, footer="", more="(続き)", slides=(slide,))
    )
    titles = [s.shapes.title.text_frame.text for s in deck.slides]
    assert len(titles) > 1
    assert titles[0] == "長い話"
    assert all("(続き)" in title for title in titles[1:])
    shown = "".join(all_text(s) for s in deck.slides)
    assert all(line in shown for line in long) or sum(map(len, long)) <= len(shown)


def test_a_timeline_and_a_picture_are_drawn(tmp_path: Path) -> None:
    file = tmp_path / "p.png"
    Image.new("RGB", (3000, 500), "navy").save(file)
    moments = (
        Moment("2020-12-01", "プレビュー開始", "preview", "プレビュー"),
        Moment("2022-04-21", "一般提供", "ga", "一般提供"),
    )
    made = outline_of_digest(empty_week(), "ja").made
    slides = (
        Timeline(title="流れ", area="Database", moments=moments),
        Picture(title="図", area="Database", file=file, alt="構成図"),
        Picture(title="none", area="Database", file=tmp_path / "none.png", alt="x"),
    )
    deck = opened(Outline(title="x", lang="ja", made=made, footer="", more="", slides=slides))
    assert len(deck.slides) == 2  # a picture that cannot be read leaves no empty slide
    assert "2022-04-21" in all_text(deck.slides[0])
    picture = next(s for s in deck.slides[1].shapes if s.name == "Picture")
    assert picture._element.find(f".//{qn('p:cNvPr')}").get("descr") == "構成図"
    assert picture.width / picture.height == pytest.approx(6, rel=0.01)


def test_pictures_of_notes_are_found_by_name_within_the_folder(tmp_path: Path) -> None:
    for name in ("20201213213531.png", "a.jpg"):
        Image.new("RGB", (4, 4)).save(tmp_path / name)
    text = (
        "![](f:id:someone:20201213213531p:plain) ![図](images/a.jpg) "
        "![no](../../etc/passwd) ![gone](b.png)"
    )
    found = local_pictures(text, tmp_path)
    assert [(file.name, alt) for file, alt in found] == [
        ("20201213213531.png", ""),
        ("a.jpg", "図"),
    ]


# other people's templates


@pytest.fixture(scope="module")
def foreign(tmp_path_factory: pytest.TempPathFactory) -> dict[str, tuple[Path, Any]]:
    outline = outline_of_digest(stress_week(21), "ja")
    made = templates(tmp_path_factory.mktemp("templates"))
    return {name: (path, opened(outline, path)) for name, path in made.items()}


NAMES = ("four_to_three", "few_layouts", "dark", "japanese")


@pytest.mark.parametrize("name", NAMES)
def test_sample_slides_of_a_template_leave_no_trace(name: str, foreign: Any) -> None:
    _, deck = foreign[name]
    assert not any("SAMPLE SLIDE" in all_text(slide) for slide in deck.slides)
    assert "sectionLst" not in str(deck.part.blob)


@pytest.mark.parametrize("name", NAMES)
def test_no_placeholder_is_left_empty(name: str, foreign: Any) -> None:
    _, deck = foreign[name]
    for slide in deck.slides:
        for shape in slide.placeholders:
            assert shape.placeholder_format.type == 13 or shape.text_frame.text.strip()


@pytest.mark.parametrize("name", NAMES)
def test_everything_stands_within_the_page(name: str, foreign: Any) -> None:
    _, deck = foreign[name]
    for slide in deck.slides:
        for shape in slide.shapes:
            if shape.left is not None:
                assert 0 <= shape.left <= shape.left + shape.width <= deck.slide_width + 9
                assert 0 <= shape.top <= shape.top + shape.height <= deck.slide_height + 9


def test_odd_templates_serve_too(tmp_path: Path) -> None:
    outline = outline_of_digest(stress_week(6), "ja")
    for name, path in odd_templates(tmp_path).items():
        deck = opened(outline, path)
        for slide in deck.slides:
            for shape in slide.shapes:
                assert 0 <= shape.left <= shape.left + shape.width <= deck.slide_width + 9, name
                assert 0 <= shape.top <= shape.top + shape.height <= deck.slide_height + 9, name
                if shape.is_placeholder and shape.placeholder_format.type != 13:
                    assert shape.text_frame.text.strip(), name


def test_slides_too_small_for_readable_text_are_refused(tmp_path: Path) -> None:
    presentation = Presentation()
    presentation.slide_width, presentation.slide_height = Pt(300), Pt(200)
    presentation.save(tmp_path / "tiny.pptx")
    with pytest.raises(ConfigError, match="18 points"):
        opened(outline_of_digest(empty_week(), "ja"), tmp_path / "tiny.pptx")


@pytest.mark.parametrize("name", NAMES)
def test_layouts_are_chosen_by_what_they_hold(name: str, foreign: Any) -> None:
    path, _ = foreign[name]
    look = look_of(Presentation(path))
    assert look.points.title is not None
    assert look.points.body is not None
    assert not look.own


def test_the_colours_of_a_dark_template_are_readable(foreign: Any) -> None:
    look = look_of(Presentation(foreign["dark"][0]))
    sheet = look.points
    assert sheet.ground == "000000"
    for colour in (sheet.ink, sheet.muted, sheet.link):
        assert contrast(colour, sheet.ground) >= 4.5
    assert contrast(sheet.ink, sheet.panel) >= 4.5


def test_theme_fonts_are_left_to_the_template(foreign: Any) -> None:
    _, deck = foreign["japanese"]
    for slide in deck.slides:
        assert next(slide._element.iter(qn("a:latin")), None) is None
    look = look_of(deck)
    assert look.points.face.latin == "Meiryo UI"
    assert look.points.face.ea == "メイリオ"
