"""Weeks and templates for the tests of decks: a stress week, and other people's templates."""

from datetime import UTC, date, datetime
from io import BytesIO
from itertools import cycle
from pathlib import Path
from typing import Any

from lxml import etree
from PIL import Image
from pptx import Presentation
from pptx.oxml.ns import qn
from pptx.util import Inches, Pt

from index.digest import AreaGroup, Deadline, Digest, DigestItem, RegionLine
from index.period import week_of
from ui.parts.palette import AREA_COLOURS

PERIOD = week_of(date(2020, 12, 8))
_TITLES = (
    "Amazon Example Database now supports automatic cross-Region read replicas with customer "
    "managed keys, zero-downtime patching, and point-in-time restore to any second of the last "
    "thirty-five days in every commercial Region and in AWS GovCloud (US-East and US-West)",
    "サンプルデータベースが、東京リージョンと大阪リージョンのあいだの自動フェイルオーバー、"
    "お客様管理の鍵による暗号化、無停止のパッチ適用、過去 35 日間の任意の時点への復元、"
    "そして読み取り専用レプリカの自動追加に対応し、"
    "すべての商用リージョンで一般提供を開始しました",
    "短い題名",
    "🚀 Emoji 🎉 title 👩‍💻 with joined ones 🇯🇵 ✅",
    "خدمة جديدة للتعلم الآلي متاحة الآن",
    "Control\x0bcharacters\x07 and\x00 \x1b[31mescapes\u202e reversed",
    "AVeryLongUnbrokenIdentifier_" + "x" * 120,
    "<script>alert('x')</script> & \"quotes\" ]]> <!-- -->",
)
_ENGLISH = (
    "Workloads move between Availability Zones without downtime while writes go on as before.",
    "Billing follows the hours used, rounded up to the next second, with no upfront commitment.",
    "Administrators choose a key of their own in AWS KMS, and rotate it whenever they like.",
    "Dashboards in Amazon CloudWatch show lag, throughput and errors for each replica.",
    "Existing clusters keep their endpoints, so that applications need no change whatsoever.",
)
_JAPANESE = (
    "書き込みを止めずに、アベイラビリティーゾーンのあいだでワークロードを移せます",
    "料金は使った秒数に応じ、前払いの契約は要りません",
    "暗号化の鍵は AWS KMS で自分のものを選び、いつでも入れ替えられます",
    "Amazon CloudWatch のダッシュボードが、遅延、処理量、エラーをレプリカごとに示します",
    "既存のクラスターは接続先が変わらないため、アプリケーションの変更は不要です",
)
_BODIES = (
    "\n\n".join(_ENGLISH * 8),
    "\n".join(f"- {line}" for line in _JAPANESE * 8),
    "短い。",
    "🎉🎉🎉 すばらしい機能です 👩‍💻👨‍👩‍👧‍👦。**太字** と `code` もあります。",
    "الخدمة متاحة الآن في جميع المناطق. يمكنك البدء اليوم.\n\nשלום עולם, this is mixed text.",
    "Tabs\tand\x0bvertical\x0ctabs\x08 and a lone \ud800 surrogate.",
    "https://example.com/" + "very-long-path/" * 30,
    "",
)


def stress_week(count: int = 150) -> Digest:
    """A week of `count` updates in all 21 areas that tries everything a deck can stumble on."""
    titles, bodies, stages = cycle(_TITLES), cycle(_BODIES), cycle(("preview", "ga", "", "region"))
    areas: dict[str, list[DigestItem]] = {}
    for number, area in zip(range(count), cycle(AREA_COLOURS), strict=False):
        areas.setdefault(area, []).append(
            _item(number, next(titles), next(bodies), next(stages), area)
        )
        if number % 9 == 8:
            next(bodies)
    groups = tuple(
        AreaGroup(area, tuple(items), _folded(items) if len(items) > 4 else ())
        for area, items in areas.items()
    )
    items = [item for group in groups for item in group.items]
    return Digest(
        period=PERIOD,
        lang="ja",
        total=count,
        top=tuple(items[:5]),
        areas=groups,
        apart=tuple(_item(1000 + n, _TITLES[n], "", "", "Other") for n in range(8)),
        deadlines=tuple(
            Deadline(date(2021, 3, n + 1), "end-of-support", _TITLES[n], "words", None, "x")
            for n in range(8)
        ),
    )


def _item(number: int, title: str, body: str, stage: str, area: str) -> DigestItem:
    return DigestItem(
        id=f"{number:012x}",
        kind="announcement",
        title=f"{title} {number}",
        summary=(body.split("\n")[0].removeprefix("- ") or title,),
        url=f"https://aws.amazon.com/about-aws/whats-new/2020/12/item-{number}/",
        source="whats-new-en",
        published=datetime(2020, 12, 8, 12, tzinfo=UTC),
        lang="ja" if number % 2 else "en",
        foreign=number % 5 == 0,
        stage=stage,
        area=area,
        services=("Amazon Example Database for Very Long Names", "AWS Sample", "Amazon Third"),
        regions=("ap-northeast-1", "us-east-1", "eu-central-1", "sa-east-1"),
        tokyo="yes" if number % 3 == 0 else "",
        price="ベクトル検索の料金は 1 時間あたり $0.10 から、リージョンにより異なります"
        if number % 2
        else "",
        score=float(-number),
        reasons=("基調講演で発表", "AWS ブログで紹介"),
        text=body,
    )


def _folded(items: list[DigestItem]) -> tuple[RegionLine, ...]:
    regions = ("ap-northeast-3", "eu-south-1", "af-south-1", "me-south-1", "ap-east-1") * 3
    return (RegionLine("Amazon Example Database", regions, (items[-1],)),)


def empty_week() -> Digest:
    """A week in which nothing happened."""
    return Digest(period=PERIOD, lang="ja", total=0)


def templates(folder: Path) -> dict[str, Path]:
    """Four templates that other people might have, by name."""
    made = {
        "four_to_three": _four_to_three(),
        "few_layouts": _few_layouts(),
        "dark": _dark(),
        "japanese": _japanese(),
    }
    found = {}
    for name, presentation in made.items():
        found[name] = folder / f"{name}.pptx"
        presentation.save(found[name])
    return found


def odd_templates(folder: Path) -> dict[str, Path]:
    """Templates that lack what one expects: titles, text, furniture, room at the top."""
    made = {f"only_{index}": _only(index) for index in (3, 5, 6, 8, 9)}
    bare = _wide()
    for holder in (bare.slide_master, *bare.slide_layouts):
        for shape in list(holder.placeholders):
            if shape.placeholder_format.type in (13, 15, 16):  # number, footer, date
                shape._element.getparent().remove(shape._element)
    made["no_furniture"] = bare
    made["beyond_the_page"] = Presentation()
    made["beyond_the_page"].slide_width = Inches(7.5)  # its placeholders stay where they were
    found = {}
    for name, presentation in made.items():
        found[name] = folder / f"{name}.pptx"
        presentation.save(found[name])
    return found


def _only(index: int) -> Any:
    """One layout of python-pptx's own template alone."""
    presentation = _wide()
    for place, layout in enumerate(list(presentation.slide_layouts)):
        if place != index:
            presentation.slide_layouts.remove(layout)
    return presentation


def _four_to_three() -> Any:
    """4:3, with sample slides that stand in a list of sections, as PowerPoint writes it."""
    presentation = Presentation()
    for layout in list(presentation.slide_layouts)[:3]:
        slide = presentation.slides.add_slide(layout)
        if slide.shapes.title is not None:
            slide.shapes.title.text = "SAMPLE SLIDE OF THE TEMPLATE"
    ids = [item.id for item in presentation.slides._sldIdLst]
    listed = "".join(f'<p14:sldId id="{i}"/>' for i in ids)
    presentation.part._element.append(
        etree.fromstring(
            f'<p:extLst xmlns:p="{presentation.part._element.nsmap["p"]}">'
            '<p:ext uri="{521415D9-36F7-43E2-AB2F-B90AF26B5E84}"><p14:sectionLst '
            'xmlns:p14="http://schemas.microsoft.com/office/powerpoint/2010/main"><p14:section '
            'name="Old" id="{6F5B2E0C-0D34-4B27-8E0F-1C1B6F0C7C11}"><p14:sldIdLst>'
            f"{listed}</p14:sldIdLst></p14:section></p14:sectionLst></p:ext></p:extLst>"
        )
    )
    return presentation


def _few_layouts() -> Any:
    """16:9 with one layout of title and text, its content box small and off the middle."""
    presentation = _wide()
    kept = presentation.slide_layouts[1]
    for layout in list(presentation.slide_layouts):
        if layout is not kept and layout.name != kept.name:
            presentation.slide_layouts.remove(layout)
    for shape in kept.placeholders:
        kind = shape.placeholder_format.idx
        if kind == 0:
            _place(shape, (2.2, 0.4, 10.4, 0.9))
        elif kind == 1:
            _place(shape, (2.2, 1.6, 10.4, 4.4))
    return presentation


def _dark() -> Any:
    """16:9 on near black, colours swapped by the master's map, a picture as logo, caps titles."""
    presentation = _wide()
    master = presentation.slide_master
    mapping = master.element.find(qn("p:clrMap"))
    mapping.set("bg1", "dk1")
    mapping.set("tx1", "lt1")
    mapping.set("bg2", "dk2")
    mapping.set("tx2", "lt2")
    logo = BytesIO()
    Image.new("RGB", (120, 60), (255, 153, 0)).save(logo, "PNG")
    logo.seek(0)
    layout = presentation.slide_layouts[1]
    _, relation = layout.part.get_or_add_image_part(logo)
    tree = layout.shapes._spTree
    pic = etree.fromstring(
        f'<p:pic xmlns:p="{tree.nsmap["p"]}" xmlns:a="{tree.nsmap["a"]}" '
        f'xmlns:r="{tree.nsmap["r"]}">'
        '<p:nvPicPr><p:cNvPr id="99" name="Logo"/><p:cNvPicPr/><p:nvPr userDrawn="1"/></p:nvPicPr>'
        f'<p:blipFill><a:blip r:embed="{relation}"/><a:stretch><a:fillRect/></a:stretch>'
        "</p:blipFill>"
        '<p:spPr><a:xfrm><a:off x="11200000" y="6200000"/><a:ext cx="700000" cy="350000"/></a:xfrm>'
        '<a:prstGeom prst="rect"><a:avLst/></a:prstGeom></p:spPr></p:pic>'
    )
    tree.append(pic)
    style = master.element.find(f"{qn('p:txStyles')}/{qn('p:titleStyle')}/{qn('a:lvl1pPr')}")
    style.find(qn("a:defRPr")).set("cap", "all")
    style.find(qn("a:defRPr")).set("spc", "300")
    return presentation


def _japanese() -> Any:
    """Japanese names in an unusual order, Meiryo, text in two columns, a coloured title band."""
    presentation = _wide()
    names = (
        "表紙",
        "本文",
        "章扉",
        "比較",
        "並列",
        "題名のみ",
        "白紙",
        "説明",
        "写真",
        "縦",
        "縦題",
    )
    for layout, name in zip(presentation.slide_layouts, names, strict=True):
        layout.name = name
    order = presentation.slide_master.element.find(qn("p:sldLayoutIdLst"))
    for item in list(order):
        order.insert(0, item)
    master = presentation.slide_master
    part = next(r.target_part for r in master.part.rels.values() if r.reltype.endswith("/theme"))
    theme = etree.fromstring(part.blob)
    for font in theme.iter(qn("a:majorFont"), qn("a:minorFont")):
        font.find(qn("a:latin")).set("typeface", "Meiryo UI")
        font.find(qn("a:ea")).set("typeface", "メイリオ")
    part._blob = etree.tostring(theme, xml_declaration=True, encoding="UTF-8", standalone=True)
    body = next(s for s in master.placeholders if s.placeholder_format.idx == 1)
    body._element.find(f".//{qn('a:bodyPr')}").set("numCol", "2")
    fill = master.background.fill
    fill.solid()
    fill.fore_color.rgb = _rgb("FFF8E7")
    return presentation


def _wide() -> Any:
    """python-pptx's own template stretched to 16:9."""
    presentation = Presentation()
    scale = Inches(13.333) / presentation.slide_width
    presentation.slide_width, presentation.slide_height = Inches(13.333), Inches(7.5)
    for holder in (presentation.slide_master, *presentation.slide_layouts):
        for shape in holder.placeholders:
            if shape._element.find(f".//{qn('a:xfrm')}") is not None:
                box = (shape.left * scale, shape.top, shape.width * scale, shape.height)
                shape.left, shape.top, shape.width, shape.height = map(round, box)
    return presentation


def _place(shape: Any, box: tuple[float, float, float, float]) -> None:
    shape.left, shape.top, shape.width, shape.height = (Pt(v * 72) for v in box)


def _rgb(colour: str) -> Any:
    from pptx.dml.color import RGBColor

    return RGBColor.from_string(colour)
