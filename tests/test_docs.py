"""What a person can type or set is documented, and what is documented exists."""

import re
from dataclasses import fields
from pathlib import Path

import click
import pytest
from click.testing import CliRunner

from index.config import Config
from ui.cli import COMMANDS, cli

ROOT = Path(__file__).parents[1]
PAGES = "\n".join(p.read_text("utf-8") for p in [ROOT / "README.md", *(ROOT / "docs").glob("*.md")])


def commands() -> list[tuple[str, ...]]:
    found: list[tuple[str, ...]] = []
    context = click.Context(cli)
    for name in COMMANDS:
        command = cli.get_command(context, name)
        inner = command.commands if isinstance(command, click.Group) else {}
        found += [(name,), *((name, sub) for sub in inner)]
    return found


@pytest.mark.parametrize("words", commands(), ids=" ".join)
def test_every_command_has_help_with_an_example_and_is_documented(words: tuple[str, ...]) -> None:
    result = CliRunner().invoke(cli, [*words, "--help"])
    assert result.exit_code == 0, result.output
    assert "Example" in result.output
    assert "reinvent-kb " + " ".join(words) in result.output
    assert re.search(rf"\b{words[0]}\b", PAGES), f"`{words[0]}` stands on no page"


def test_every_setting_is_documented() -> None:
    page = (ROOT / "docs/configuration.md").read_text("utf-8")
    for section in fields(Config):
        assert f"`[{section.name}]`" in page
        for key in fields(getattr(Config(), section.name)):
            assert f"`{key.name}`" in page, f"[{section.name}] {key.name} is not documented"


def test_every_environment_name_is_documented() -> None:
    code = "\n".join(p.read_text("utf-8") for room in ("crawler", "index", "ui")
                     for p in (ROOT / room).rglob("*.py"))  # fmt: skip
    names = set(re.findall(r"\bREINVENT_KB_[A-Z_]+\b", code))
    page = (ROOT / "docs/configuration.md").read_text("utf-8")
    assert names
    assert {n for n in names if n not in page} == set()


def test_every_exit_code_is_documented() -> None:
    page = (ROOT / "docs/configuration.md").read_text("utf-8")
    assert re.findall(r"^\| (\d+) \|", page, re.M) == ["0", "1", "2", "3", "4", "130"]


def test_links_between_pages_lead_somewhere() -> None:
    for page in [ROOT / "README.md", *(ROOT / "docs").glob("*.md")]:
        for target in re.findall(r"\]\((?!https?:|#|mailto:)([^)#\s]+)", page.read_text("utf-8")):
            assert (page.parent / target).exists(), f"{page.name} links to {target}"
