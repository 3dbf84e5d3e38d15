"""The colours of a template: what its theme says, and what lies behind a layout's text.

Colours are six hex digits. Everything is read from the layout, its master and the theme;
nothing is guessed from names.
"""

import colorsys
from collections.abc import Iterable
from io import BytesIO
from typing import Any

from lxml import etree
from pptx.oxml.ns import qn

from ui.parts.palette import blend

_THEME = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
_PRESET = {"white": "FFFFFF", "black": "000000", "red": "FF0000", "blue": "0000FF"}
_COVERS = 0.8


def theme_of(master: Any) -> Any:
    """The root element of the master's theme; raises KeyError where it has none."""
    for rel in master.part.rels.values():
        if rel.reltype.endswith("/theme"):
            return etree.fromstring(rel.target_part.blob, etree.XMLParser(resolve_entities=False))
    raise KeyError("theme")


def typefaces(theme: Any, kind: str) -> tuple[str, str]:
    """(latin, east asian) typeface of the theme's "major" or "minor" font; "" where unset.

    Where the theme leaves the East Asian one open, its font for Japanese script counts.
    """
    font = theme.find(f".//{_THEME}{kind}Font")
    if font is None:
        return "", ""
    latin, ea = font.find(f"{_THEME}latin"), font.find(f"{_THEME}ea")
    japanese = next(
        (f.get("typeface", "") for f in font if f.get("script") == "Jpan"),
        "",
    )
    named = ea.get("typeface", "") if ea is not None else ""
    return (latin.get("typeface", "") if latin is not None else ""), named or japanese


def scheme_colour(name: str, layout: Any) -> str:
    """What a theme colour's name (`tx1`, `accent2`, `hlink`) means on this layout."""
    master = layout.slide_master
    mapping = dict(master.element.find(qn("p:clrMap")).attrib)
    own = layout.element.find(f"{qn('p:clrMapOvr')}/{qn('a:overrideClrMapping')}")
    if own is not None:
        mapping.update(own.attrib)
    scheme = theme_of(master).find(f".//{_THEME}clrScheme")
    entry = scheme.find(_THEME + mapping.get(name, name)) if scheme is not None else None
    if entry is None or not len(entry):
        return "000000" if name in ("tx1", "dk1") else "FFFFFF"
    return str(entry[0].get("lastClr") or entry[0].get("val", "000000")).upper()


def ground_of(layout: Any) -> str:
    """The colour behind the layout's text: a shape or picture that covers the slide, else
    the background of the layout or its master; of gradients and pictures the mean."""
    for holder in (layout, layout.slide_master):
        covering = _covering(holder, layout)
        if covering:
            return covering
        found = holder.element.find(f"{qn('p:cSld')}/{qn('p:bg')}")
        if found is not None:
            return _background(found, holder, layout)
    return scheme_colour("bg1", layout)


def _background(background: Any, holder: Any, layout: Any) -> str:
    reference = background.find(qn("p:bgRef"))
    if reference is not None:
        return _colour(reference, layout) or scheme_colour("bg1", layout)
    properties = background.find(qn("p:bgPr"))
    return _fill(properties, holder, layout) or scheme_colour("bg1", layout)


def _covering(holder: Any, layout: Any) -> str | None:
    """The fill of the uppermost shape that lies behind nearly the whole slide."""
    size = layout.part.package.presentation_part.presentation
    whole = size.slide_width * size.slide_height
    found = None
    for shape in holder.shapes:
        if shape.is_placeholder or not shape.width or not shape.height:
            continue
        if shape.width * shape.height >= _COVERS * whole:
            properties = shape._element.find(qn("p:spPr"))
            fill = _picture(shape._element.find(qn("p:blipFill")), holder)
            found = fill or _fill(properties, holder, layout) or found
    return found


def _fill(properties: Any, holder: Any, layout: Any) -> str | None:
    if properties is None:
        return None
    solid = properties.find(qn("a:solidFill"))
    if solid is not None:
        return _colour(solid, layout)
    gradient = properties.find(qn("a:gradFill"))
    if gradient is not None:
        stops = [_colour(stop, layout) for stop in gradient.iter(qn("a:gs"))]
        return _mean([stop for stop in stops if stop])
    return _picture(properties.find(qn("a:blipFill")), holder)


def _picture(fill: Any, holder: Any) -> str | None:
    """The mean colour of a picture; None where there is none that Pillow reads."""
    blip = fill.find(qn("a:blip")) if fill is not None else None
    name = blip.get(qn("r:embed")) if blip is not None else None
    if not name:
        return None
    from PIL import Image, UnidentifiedImageError

    try:
        image = Image.open(BytesIO(holder.part.related_part(name).blob))
        red, green, blue = image.convert("RGB").resize((1, 1)).getpixel((0, 0))  # type: ignore[misc]
    except (OSError, UnidentifiedImageError, KeyError, Image.DecompressionBombError):
        return None
    return f"{red:02X}{green:02X}{blue:02X}"


def _colour(parent: Any, layout: Any) -> str | None:
    """The colour that an element holds, with its shades applied."""
    for child in parent:
        kind = etree.QName(child).localname
        value = child.get("val", "")
        if kind == "srgbClr":
            base = value.upper()
        elif kind == "schemeClr":
            base = scheme_colour(value, layout)
        elif kind == "sysClr":
            base = child.get("lastClr", "FFFFFF")
        elif kind == "prstClr":
            base = _PRESET.get(value, "808080")
        else:
            continue
        return _shaded(base, child)
    return None


def _shaded(colour: str, element: Any) -> str:
    for change in element:
        kind = etree.QName(change).localname
        share = int(change.get("val", "100000")) / 100000
        if kind == "tint":
            colour = blend("FFFFFF", colour, share)
        elif kind == "shade":
            colour = blend("000000", colour, share)
        elif kind in ("lumMod", "lumOff"):
            colour = _lit(colour, kind, share)
    return colour


def _lit(colour: str, kind: str, share: float) -> str:
    red, green, blue = (int(colour[at : at + 2], 16) / 255 for at in (0, 2, 4))
    hue, light, satur = colorsys.rgb_to_hls(red, green, blue)
    light = light * share if kind == "lumMod" else light + share
    parts = colorsys.hls_to_rgb(hue, min(1.0, max(0.0, light)), satur)
    return "".join(f"{round(part * 255):02X}" for part in parts)


def _mean(colours: Iterable[str]) -> str | None:
    known = list(colours)
    if not known:
        return None
    sums = [sum(int(c[at : at + 2], 16) for c in known) / len(known) for at in (0, 2, 4)]
    return "".join(f"{round(value):02X}" for value in sums)
