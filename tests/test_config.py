"""Settings: defaults, the file, and errors that name the key."""

from pathlib import Path

import pytest

from index.config import Config, data_folder, read_config
from index.errors import ConfigError


def test_without_a_file_everything_has_a_default(tmp_path: Path) -> None:
    assert read_config(tmp_path) == Config()


def test_the_file_wins_over_the_default(tmp_path: Path) -> None:
    (tmp_path / "config.toml").write_text(
        '[digest]\nwatch = ["Amazon Redshift"]\nweights = {price = 2}\n[mail]\nport = 25\n'
    )
    config = read_config(tmp_path)
    assert config.digest.watch == ("Amazon Redshift",)
    assert config.digest.weights == {"price": 2.0}
    assert config.mail.port == 25


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("[digets]", "digest"),
        ("[mail]\nprot = 1", "port"),
        ('[mail]\nport = "x"', "int"),
        ("[mail", "cannot be read"),
    ],
)
def test_a_wrong_setting_names_what_is_right(tmp_path: Path, text: str, words: str) -> None:
    (tmp_path / "config.toml").write_text(text)
    with pytest.raises(ConfigError, match=words):
        read_config(tmp_path)


def test_flag_before_environment_before_checkout(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.delenv("REINVENT_KB_DATA", raising=False)
    assert data_folder().name == "data"
    monkeypatch.setenv("REINVENT_KB_DATA", str(tmp_path / "env"))
    assert data_folder() == tmp_path / "env"
    assert data_folder(tmp_path / "flag") == tmp_path / "flag"
