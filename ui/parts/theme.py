"""The app's calm theme, light and dark, as Streamlit's settings: the palette of the decks."""

from ui.parts.palette import ACCENT, INK, LINK, MUTED, PANEL, PAPER, readable_on

_FONT = (
    "'Source Sans', 'Hiragino Sans', 'Noto Sans JP', 'Noto Sans CJK JP', 'Yu Gothic UI', "
    "Meiryo, sans-serif"
)
_NIGHT = {"ground": "12171E", "panel": "1B222C", "ink": "E4E9F0", "line": "303A47"}
_DAY = {"ground": PAPER, "panel": PANEL, "ink": INK, "line": "D9DFE7"}
_HUES = {
    "red": "B42318",
    "orange": ACCENT,
    "yellow": "8A5A00",
    "green": "1B7A3B",
    "blue": "2459A6",
    "violet": "6D4FC2",
    "gray": MUTED,
}


def theme_options() -> dict[str, object]:
    """Streamlit's `theme.*` settings; both appearances, so that a person may choose."""
    return {
        "theme.font": _FONT,
        "theme.headingFont": _FONT,
        "theme.baseFontSize": 15,
        "theme.baseRadius": "8px",
        "theme.headingFontSizes": ["1.75rem", "1.35rem", "1.1rem", "1rem", "0.95rem", "0.9rem"],
        "theme.headingFontWeights": [700, 650, 650, 600, 600, 600],
        "theme.linkUnderline": False,
        "theme.showWidgetBorder": True,
        "theme.showSidebarBorder": True,
        "theme.paddingTop": "1rem",
        "theme.paddingBottom": "3rem",
        **_appearance("light", _DAY),
        **_appearance("dark", _NIGHT),
    }


def _appearance(name: str, colours: dict[str, str]) -> dict[str, object]:
    ground, panel = colours["ground"], colours["panel"]
    found: dict[str, object] = {
        "primaryColor": readable_on(panel, ACCENT),
        "backgroundColor": ground,
        "secondaryBackgroundColor": panel,
        "textColor": colours["ink"],
        "linkColor": readable_on(panel, LINK),
        "borderColor": colours["line"],
        "codeBackgroundColor": panel,
        "codeTextColor": colours["ink"],
    }
    for hue, colour in _HUES.items():
        found[f"{hue}Color"] = colour
        # Text of a badge stands on a tint of its own colour: 5.5 leaves room for the tint.
        found[f"{hue}TextColor"] = readable_on(panel, colour, 5.5)
    return {f"theme.{name}.{key}": _painted(value) for key, value in found.items()}


def _painted(value: object) -> object:
    return f"#{value}"
