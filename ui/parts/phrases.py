"""What the app says, in Japanese and English; the words stand in phrases.toml."""

import tomllib
from functools import lru_cache
from importlib.resources import files

LANGUAGES = ("ja", "en")


def phrase(lang: str, wanted: str, /, **values: object) -> str:
    """The phrase in the language, its `{places}` filled. Raises KeyError for an unknown name."""
    japanese, english = phrases()[wanted]
    return (japanese if lang == "ja" else english).format(**values)


def known(name: str) -> bool:
    """True when there is a phrase of this name."""
    return name in phrases()


@lru_cache(maxsize=1)
def phrases() -> dict[str, tuple[str, str]]:
    """Every phrase by name: (Japanese, English)."""
    text = (files("ui.parts") / "phrases.toml").read_text(encoding="utf-8")
    return {name: (pair[0], pair[1]) for name, pair in tomllib.loads(text).items()}
