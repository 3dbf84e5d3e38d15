"""The open knowledge base and the language of a visit: what every page begins with."""

from collections.abc import Hashable
from dataclasses import dataclass
from pathlib import Path
from zoneinfo import ZoneInfo

import streamlit as st

from index.config import data_folder
from index.library import Library
from ui.parts.phrases import LANGUAGES, known, phrase


@dataclass(frozen=True, slots=True)
class Visit:
    """A person's look at the knowledge base: `lang` is the interface's, `texts` that of the
    entries (ja, en, or both side by side)."""

    library: Library
    lang: str
    texts: str

    def say(self, phrase_name: str, /, **values: object) -> str:
        """A phrase in the interface's language."""
        return phrase(self.lang, phrase_name, **values)

    def name_of(self, group: str, value: str) -> str:
        """A value's name in the interface's language, the value itself where it has none."""
        name = f"{group}_{value}"
        return phrase(self.lang, name) if known(name) else value

    def language(self, code: str) -> str:
        """A language's name in the interface's language."""
        return self.name_of("lang", code) if known(f"lang_{code}") else code.upper()

    @property
    def text_lang(self) -> str:
        """The language that entries are told in first."""
        return self.lang if self.texts == "both" else self.texts

    @property
    def zone(self) -> ZoneInfo:
        """The time zone of dates on screens."""
        return ZoneInfo(self.library.config.interface.timezone)


def visit() -> Visit:
    """This visit, as the switches in the sidebar say."""
    return visit_as(st.session_state.get("lang"), st.session_state.get("texts"))


def visit_as(lang: object, texts: object) -> Visit:
    """A visit in these languages; the usual ones in place of what is none."""
    known = str(lang) if lang in LANGUAGES else LANGUAGES[0]
    return Visit(opened(), known, str(texts) if texts in (*LANGUAGES, "both") else known)


def opened() -> Library:
    """The knowledge base, opened once for everybody; anew when its settings were edited."""
    folder = data_folder()
    files = tuple(_edited(folder / name) for name in ("config.toml", "taxonomy.toml"))
    return _open(str(folder), files)


@st.cache_resource(max_entries=2, show_spinner=False)
def _open(folder: str, edited: Hashable) -> Library:
    return Library(Path(folder))


def _edited(path: Path) -> tuple[int, int]:
    try:
        found = path.stat()
    except OSError:
        return (0, 0)
    return (found.st_mtime_ns, found.st_size)
