"""Which font file will draw a typeface here: the real one, what stands in for it, or none."""

import subprocess
import sys
from functools import lru_cache
from pathlib import Path
from shutil import which

# Where the fonts of our own template live on systems without fontconfig; (file, index).
_KNOWN = (
    (Path("C:/Windows/Fonts/YuGothR.ttc"), Path("C:/Windows/Fonts/YuGothB.ttc")),
    (Path("C:/Windows/Fonts/meiryo.ttc"), Path("C:/Windows/Fonts/meiryob.ttc")),
    (
        Path("/System/Library/Fonts/ヒラギノ角ゴシック W3.ttc"),
        Path("/System/Library/Fonts/ヒラギノ角ゴシック W6.ttc"),
    ),
)


@lru_cache(maxsize=64)
def font_file(family: str, bold: bool, lang: str) -> tuple[str, int] | None:
    """(file, index within it) of what draws `family` on this machine, or None.

    `lang` ("ja", "en") decides what stands in for a family that is not installed, as it
    does for LibreOffice; both ask fontconfig.
    """
    if which("fc-match"):
        return _matched(family, bold, lang)
    for regular, heavy in _KNOWN:
        file = heavy if bold else regular
        if file.is_file():
            return str(file), 0
    return None


def _matched(family: str, bold: bool, lang: str) -> tuple[str, int] | None:
    # A comma or colon would be fontconfig's own syntax, not part of a name.
    name = "".join(c for c in family if c.isalnum() or c in " .+'").strip()
    pattern = f"{name}:{'bold' if bold else 'regular'}:lang={lang}"
    try:
        run = subprocess.run(
            ["fc-match", "-f", "%{file}\t%{index}", pattern],
            capture_output=True,
            timeout=10,
            check=True,
        )
    except (OSError, subprocess.SubprocessError) as error:
        print(f"fontconfig does not answer ({error}); text is measured by a table", file=sys.stderr)
        return None
    file, _, index = run.stdout.decode("utf-8", "replace").partition("\t")
    if not Path(file).is_file():
        return None
    # The upper half of the index numbers a variable font's instances.
    return file, int(index or 0) & 0xFFFF
