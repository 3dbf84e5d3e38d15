"""The file itself: opened with care, written the same every time, checked before it leaves.

A .pptx is a zip of XML parts. PowerPoint offers to "repair" one whose parts do not fit
together; `faults` finds what it would stumble over.
"""

import re
import zipfile
from collections import Counter
from io import BytesIO
from pathlib import Path
from posixpath import dirname, join, normpath

from lxml import etree

from index.errors import ConfigError
from ui.decks.order import misplaced

_MOST_PARTS = 20_000
_MOST_BYTES = 400_000_000
_MOST_RATIO = 200
_EPOCH = (1980, 1, 1, 0, 0, 0)
_BOOK_DATE = re.compile(rb"(<dcterms:(?:created|modified)[^>]*>)[^<]*(<)")
_BOOK_EPOCH = rb"\g<1>1980-01-01T00:00:00Z\g<2>"
_TEMPLATE = b"presentationml.template.main+xml"
_PRESENTATION = b"presentationml.presentation.main+xml"
_RELS = "{http://schemas.openxmlformats.org/package/2006/relationships}Relationship"
_TYPES = "{http://schemas.openxmlformats.org/package/2006/content-types}"
_R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
_NOT_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff\ud800-\udfff]")


def read_template(path: Path) -> bytes:
    """A template's bytes, safe to open; a .potx is given as a presentation.

    Raises ConfigError, saying which file and why, for a missing file, one that is no
    PowerPoint package, one with macros, and one that would unpack beyond measure.
    """
    try:
        data = path.read_bytes()
    except OSError as error:
        raise ConfigError(f"cannot read the template {path}: {error}", key="--template") from error
    try:
        with zipfile.ZipFile(BytesIO(data)) as package:
            _refuse_bomb(package, path)
            types = package.read("[Content_Types].xml")
            if b"macroEnabled" in types or any("vbaProject" in n for n in package.namelist()):
                raise ConfigError(
                    f"{path} holds macros; save it as .pptx or .potx first", key="--template"
                )
            if _TEMPLATE in types:
                return _rewritten(
                    package, {"[Content_Types].xml": types.replace(_TEMPLATE, _PRESENTATION)}
                )
    except (zipfile.BadZipFile, KeyError, NotImplementedError, RuntimeError, EOFError) as error:
        raise ConfigError(f"{path} is no PowerPoint file ({error})", key="--template") from error
    return data


def _refuse_bomb(package: zipfile.ZipFile, path: Path) -> None:
    parts = package.infolist()
    size = sum(part.file_size for part in parts)
    packed = sum(part.compress_size for part in parts) or 1
    if len(parts) > _MOST_PARTS or size > _MOST_BYTES or size > packed * _MOST_RATIO:
        raise ConfigError(
            f"{path} would unpack to {size // 1_000_000} MB in {len(parts)} parts; refused",
            key="--template",
        )


def settled(data: bytes) -> bytes:
    """The package with every clock in it set to one time: same parts, same bytes."""
    with zipfile.ZipFile(BytesIO(data)) as package:
        changed = {
            name: _settled_book(package.read(name))
            for name in package.namelist()
            if name.endswith(".xlsx")
        }
        return _rewritten(package, changed)


def _settled_book(data: bytes) -> bytes:
    with zipfile.ZipFile(BytesIO(data)) as book:
        core = "docProps/core.xml"
        if core not in book.namelist():
            return _rewritten(book, {})
        return _rewritten(book, {core: _BOOK_DATE.sub(_BOOK_EPOCH, book.read(core))})


def _rewritten(package: zipfile.ZipFile, changed: dict[str, bytes]) -> bytes:
    out = BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as copy:
        for name in package.namelist():
            part = zipfile.ZipInfo(name, _EPOCH)
            part.compress_type = zipfile.ZIP_DEFLATED
            part.external_attr = 0o600 << 16
            copy.writestr(part, changed.get(name) or package.read(name))
    return out.getvalue()


def faults(data: bytes) -> list[str]:
    """What PowerPoint would want to repair, one sentence each; empty for a sound package.

    Checked: every part once and well-formed, with a content type; every relationship leads
    to a part; every id used in a part is a relationship of it; shape ids unique on their
    slide; elements in the order of the schema; no control characters.
    """
    with zipfile.ZipFile(BytesIO(data)) as package:
        names = package.namelist()
        found = [f"{name}: stored twice" for name, n in Counter(names).items() if n > 1]
        types = etree.fromstring(package.read("[Content_Types].xml"))
        found += [f"{name}: no content type" for name in _untyped(names, types)]
        for name in names:
            if name.endswith((".xml", ".rels")):
                found += _part_faults(name, package, set(names))
    return found


def _untyped(names: list[str], types: etree._Element) -> list[str]:
    endings = {e.get("Extension", "").lower() for e in types.iter(f"{_TYPES}Default")}
    named = {e.get("PartName") for e in types.iter(f"{_TYPES}Override")}
    return [
        n
        for n in names
        if n != "[Content_Types].xml"
        and f"/{n}" not in named
        and n.rpartition(".")[2].lower() not in endings
    ]


def _part_faults(name: str, package: zipfile.ZipFile, names: set[str]) -> list[str]:
    data = package.read(name)
    try:
        root = etree.fromstring(data, etree.XMLParser(resolve_entities=False, huge_tree=True))
    except etree.XMLSyntaxError as error:
        return [f"{name}: not well-formed ({error})"]
    if name.endswith(".rels"):
        return _rel_faults(name, root, names)
    found = [f"{name}: {fault}" for fault in misplaced(root)]
    text = data.decode("utf-8", "replace")
    if _NOT_XML.search(text) or "_x000B_" in text:
        found.append(f"{name}: control characters")
    ids = [e.get("id") for e in root.iter("{*}cNvPr")]
    found += [f"{name}: shape id {i} used {n} times" for i, n in Counter(ids).items() if n > 1]
    used = {v for e in root.iter() for k, v in e.attrib.items() if k.startswith(_R) and v}
    found += [f"{name}: {r} is no relationship" for r in sorted(used - _rels(name, package))]
    return found


def _rel_faults(name: str, root: etree._Element, names: set[str]) -> list[str]:
    base = dirname(dirname(name))
    found = []
    for rel in root.iter(_RELS):
        target = rel.get("Target", "")
        if rel.get("TargetMode") == "External":
            continue
        part = normpath(join(base, target)) if not target.startswith("/") else target[1:]
        if part not in names:
            found.append(f"{name}: leads to {target}, which is not there")
    return found


def _rels(name: str, package: zipfile.ZipFile) -> set[str]:
    folder, _, file = name.rpartition("/")
    path = f"{folder}/_rels/{file}.rels"
    if path not in package.namelist():
        return set()
    return {r.get("Id", "") for r in etree.fromstring(package.read(path)).iter(_RELS)}
