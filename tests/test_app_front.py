"""The first page a browser is given names the scripts that it will need next."""

import re
from pathlib import Path

from streamlit import file_util

from ui.front import front_page, next_scripts

STATIC = Path(file_util.get_static_dir())


def test_a_script_brings_all_that_it_imports_once(tmp_path: Path) -> None:
    (tmp_path / "Card.a1.js").write_text('import{a}from"./base.b2.js";import "./gone.js";')
    (tmp_path / "List.c3.js").write_text("import{b as c}from'./base.b2.js';import'./deep.d4.js'")
    (tmp_path / "base.b2.js").write_text('import"./Card.a1.js";')
    (tmp_path / "deep.d4.js").write_text("")
    found = next_scripts(tmp_path, ("Card", "List", "Unknown"))
    assert sorted(found) == ["Card.a1.js", "List.c3.js", "base.b2.js", "deep.d4.js"]


def test_the_first_page_names_scripts_that_are_there() -> None:
    text = front_page(STATIC, ["https://a.example", "</script>"])
    named = re.findall(r'modulepreload" crossorigin href="\./static/js/([^"]+)"', text)
    assert len(named) == len(set(named))
    assert [name for name in named if not (STATIC / "static" / "js" / name).is_file()] == []
    assert any(name.startswith("BidiComponent.") for name in named)
    assert "<title>re:Invent KB</title>" in text
    assert "</script>" not in text.split("window.__streamlit")[1].split("\n})();")[0]
    assert '"useExternalAuthToken": false' in text
