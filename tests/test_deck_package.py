"""The file of a deck: refused when dangerous, the same bytes every time, never to be repaired."""

import zipfile
from io import BytesIO
from pathlib import Path

import pytest
from pptx import Presentation

from index.errors import ConfigError
from tests.deck_weeks import empty_week, stress_week, templates
from ui.decks.own_template import FILE, build
from ui.decks.package import faults, read_template, settled
from ui.decks.powerpoint import powerpoint
from ui.decks.week import outline_of_digest


def rewritten(data: bytes, changes: dict[str, bytes | None]) -> bytes:
    """The package with parts replaced, added, or (None) left out."""
    out = BytesIO()
    with zipfile.ZipFile(BytesIO(data)) as old, zipfile.ZipFile(out, "w") as new:
        for name in old.namelist():
            if name not in changes:
                new.writestr(name, old.read(name))
        for name, part in changes.items():
            if part is not None:
                new.writestr(name, part)
    return out.getvalue()


@pytest.fixture(scope="module")
def deck() -> bytes:
    return powerpoint(outline_of_digest(stress_week(16), "ja"))


def test_the_template_beside_the_code_is_what_the_code_makes() -> None:
    assert FILE.read_bytes() == build()


def test_the_same_outline_gives_the_same_bytes(deck: bytes) -> None:
    assert powerpoint(outline_of_digest(stress_week(16), "ja")) == deck


def test_the_workbook_in_a_chart_holds_no_clock(deck: bytes) -> None:
    with zipfile.ZipFile(BytesIO(deck)) as package:
        book = next(n for n in package.namelist() if n.endswith(".xlsx"))
        assert settled(package.read(book)) == package.read(book)
        assert {part.date_time for part in package.infolist()} == {(1980, 1, 1, 0, 0, 0)}


def test_a_deck_needs_no_repair_in_any_template(tmp_path: Path) -> None:
    for template in (None, *templates(tmp_path).values()):
        for digest in (stress_week(12), empty_week()):
            # powerpoint() itself raises should faults() find one; here it is asked again.
            assert faults(powerpoint(outline_of_digest(digest, "ja"), template)) == []


SLIDE, AGENDA = "ppt/slides/slide2.xml", "ppt/slides/slide4.xml"


@pytest.mark.parametrize(
    ("part", "old", "new", "said"),
    [
        (SLIDE, b"</p:cSld>", b"", "not well-formed"),
        (SLIDE, b"<a:buNone/>", b"<a:buNone/><a:lnSpc/>", "stands too late"),
        (SLIDE, b"<p:txBody>", b"<p:spPr/><p:txBody>", "stands twice"),
        (AGENDA, b'r:id="', b'r:id="no', "is no relationship"),
        (SLIDE, b'<p:cNvPr id="2"', b'<p:cNvPr id="3"', "shape id 3 used"),
        (SLIDE, b"<a:t>1<", b"<a:t>_x000B_<", "control characters"),
        ("ppt/_rels/presentation.xml.rels", b"slides/slide2.xml", b"slides/none.xml", "not there"),
        ("[Content_Types].xml", b"/ppt/slides/slide2.xml", b"/ppt/slides/other.xml", "no content"),
    ],
)
def test_what_powerpoint_would_repair_is_found(
    deck: bytes, part: str, old: bytes, new: bytes, said: str
) -> None:
    with zipfile.ZipFile(BytesIO(deck)) as package:
        text = package.read(part)
    if part == "[Content_Types].xml":
        text = text.replace(b'Extension="xml"', b'Extension="none"')
    assert old in text
    broken = rewritten(deck, {part: text.replace(old, new)})
    assert any(said in fault for fault in faults(broken)), faults(broken)


def test_a_part_that_is_missing_or_stored_twice_is_found(deck: bytes) -> None:
    assert any("not there" in f for f in faults(rewritten(deck, {"ppt/theme/theme1.xml": None})))
    out = BytesIO(deck)
    with pytest.warns(UserWarning, match="Duplicate"), zipfile.ZipFile(out, "a") as package:
        package.writestr(SLIDE, b"<x/>")
    assert any("stored twice" in fault for fault in faults(out.getvalue()))


def test_macros_are_refused(tmp_path: Path) -> None:
    named = tmp_path / "t.pptx"
    named.write_bytes(rewritten(FILE.read_bytes(), {"ppt/vbaProject.bin": b"x"}))
    typed = tmp_path / "t.pptm"
    with zipfile.ZipFile(FILE) as package:
        types = package.read("[Content_Types].xml")
    typed.write_bytes(
        rewritten(
            FILE.read_bytes(),
            {
                "[Content_Types].xml": types.replace(
                    b"vnd.openxmlformats-officedocument.presentationml.presentation.main+xml",
                    b"vnd.ms-powerpoint.presentation.macroEnabled.main+xml",
                )
            },
        )
    )
    for path in (named, typed):
        with pytest.raises(ConfigError, match="macros"):
            read_template(path)


def test_a_zip_bomb_is_refused_before_it_is_unpacked(tmp_path: Path) -> None:
    path = tmp_path / "bomb.pptx"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as package:
        package.writestr("[Content_Types].xml", b"<x/>")
        package.writestr("ppt/media/a.xml", b"0" * 60_000_000)
    with pytest.raises(ConfigError, match="would unpack"):
        read_template(path)


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04 no zip", b"<html></html>"])
def test_what_is_no_package_is_refused_by_name(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "t.pptx"
    path.write_bytes(content)
    with pytest.raises(ConfigError, match=r"t\.pptx is no PowerPoint file"):
        read_template(path)
    with pytest.raises(ConfigError, match="cannot read the template"):
        read_template(tmp_path / "none.pptx")


def test_a_zip_that_is_no_presentation_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "t.pptx"
    with zipfile.ZipFile(path, "w") as package:
        package.writestr("[Content_Types].xml", b"<Types/>")
    with pytest.raises(ConfigError):
        powerpoint(outline_of_digest(empty_week(), "ja"), path)


def test_a_potx_serves_as_template(tmp_path: Path) -> None:
    with zipfile.ZipFile(FILE) as package:
        types = package.read("[Content_Types].xml")
    kind = b"presentationml.presentation.main+xml"
    changed = types.replace(kind, b"presentationml.template.main+xml")
    path = tmp_path / "company.potx"
    path.write_bytes(rewritten(FILE.read_bytes(), {"[Content_Types].xml": changed}))
    data = powerpoint(outline_of_digest(empty_week(), "ja"), path)
    assert len(Presentation(BytesIO(data)).slides) == 2
