"""The colours of areas and stages: one table for the app, the decks and the mails.

Every colour carries white text at a contrast of 4.5 : 1 or more (WCAG 2.1, AA), which
tests/test_palette.py measures. Values are six hex digits, without the number sign.
"""

WHITE = "FFFFFF"
INK = "1B2430"
MUTED = "566170"
PAPER = "FFFFFF"
PANEL = "F4F6F9"
LINK = "1F5FBF"
ACCENT = "C2500A"

AREA_COLOURS = {
    "Analytics": "1F63C4",
    "Application Integration": "A8326B",
    "Business Applications": "A3353B",
    "Compute": "BF4A17",
    "Containers": "9A5B00",
    "Database": "3B48CC",
    "Developer tools": "8A3FA0",
    "End User Computing": "1B7A82",
    "Games": "6D4FC2",
    "IoT": "3A7D22",
    "ML/AI": "0B7A6B",
    "Media": "B4266E",
    "Management": "B5306F",
    "Migration": "2C7A54",
    "Mobile & Web": "C43D3D",
    "Network": "7D3FC4",
    "Other": "56616F",
    "Partners": "7A6200",
    "Security": "B42318",
    "Storage": "4E7A12",
    "Training": "8B5E34",
}

STAGE_COLOURS = {"preview": "8A5A00", "ga": "1B7A3B", "region": "2459A6", "end": "A3241B"}


def area_colour(area: str) -> str:
    """The area's colour as six hex digits; an unknown area wears the colour of "Other"."""
    return AREA_COLOURS.get(area, AREA_COLOURS["Other"])


def stage_colour(stage: str) -> str:
    """The stage's colour as six hex digits; an unknown stage wears the muted grey."""
    return STAGE_COLOURS.get(stage, MUTED)


def luminance(colour: str) -> float:
    """Relative luminance of six hex digits, 0 (black) to 1 (white); WCAG 2.1's formula."""
    parts = [int(colour[at : at + 2], 16) / 255 for at in (0, 2, 4)]
    red, green, blue = (p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    """Contrast of two colours, 1 to 21; WCAG 2.1 asks 4.5 of text, 3 of large text."""
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def blend(one: str, other: str, share: float) -> str:
    """`one` with `share` (0 to 1) of `other` mixed in."""
    pairs = ((int(one[at : at + 2], 16), int(other[at : at + 2], 16)) for at in (0, 2, 4))
    return "".join(f"{round(a + (b - a) * share):02X}" for a, b in pairs)


def readable_on(ground: str, wished: str, least: float = 4.5) -> str:
    """`wished`, moved towards black or white until it stands `least` : 1 off the ground."""
    end = max(("000000", WHITE), key=lambda c: contrast(c, ground))
    for step in range(21):
        colour = blend(wished, end, step / 20)
        if contrast(colour, ground) >= least:
            return colour
    return end
