"""The table [llm] of bulletin.toml."""

from __future__ import annotations

from pathlib import Path

import pytest

from toolkit.errors import SettingsError
from toolkit.tomlfile import read_toml
from toolkit.translation.llm import LlmSettings, read_llm_settings

SMALLEST = '[llm]\nbase_url = "http://127.0.0.1:8080/v1/"\nmodel = "Hy-MT2-7B"\n'


def settings_from(tmp_path: Path, text: str) -> LlmSettings | None:
    path = tmp_path / "bulletin.toml"
    path.write_text(text, encoding="utf-8")
    return read_llm_settings(read_toml(path))


def test_without_the_table_there_is_no_engine(tmp_path: Path) -> None:
    assert settings_from(tmp_path, "[draft]\nfuzzy_threshold = 80\n") is None
    assert read_llm_settings(read_toml(tmp_path / "absent.toml")) is None


def test_address_and_model_are_enough(tmp_path: Path) -> None:
    assert settings_from(tmp_path, SMALLEST) == LlmSettings("http://127.0.0.1:8080/v1", "Hy-MT2-7B")


def test_everything_can_be_set(tmp_path: Path) -> None:
    text = """
        [llm]
        base_url = "https://models.example.org/v1"
        model = "Qwen3-32B"
        family = "chat"
        languages = ["en"]
        parallel = 8
        segments_per_request = 10
        timeout = 60
        patience = 120.5
        retries = 2
        max_tokens = 4000
        context = false
        price_in = 0.5
        price_out = 2
        api_key_env = "NEWSROOM_KEY"
        [llm.house_style]
        en = ["Write Xizang, not Tibet."]
        [llm.sampling]
        temperature = 0.1
        chat_template_kwargs = { enable_thinking = false }
    """
    assert settings_from(tmp_path, text) == LlmSettings(
        base_url="https://models.example.org/v1",
        model="Qwen3-32B",
        family="chat",
        languages=("en",),
        parallel=8,
        segments_per_request=10,
        timeout=60.0,
        patience=120.5,
        retries=2,
        max_tokens=4000,
        context=False,
        house_style={"en": ("Write Xizang, not Tibet.",)},
        sampling={"temperature": 0.1, "chat_template_kwargs": {"enable_thinking": False}},
        price_in=0.5,
        price_out=2.0,
        api_key_env="NEWSROOM_KEY",
    )


def test_one_list_of_house_style_is_for_all_languages(tmp_path: Path) -> None:
    settings = settings_from(tmp_path, SMALLEST + 'house_style = ["Be brief."]\n')
    assert settings is not None
    assert settings.house_style == {"en": ("Be brief.",), "bo": ("Be brief.",)}


@pytest.mark.parametrize(
    ("line", "problem"),
    [
        ("parallel = 0", "`parallel` is out of range"),
        ("parallel = true", "`parallel` has the wrong type"),
        ("timeout = 0", "`timeout` is out of range"),
        ("timeout = inf", "`timeout` is out of range"),
        ("price_in = -1", "`price_in` is out of range"),
        ("max_tokens = 0", "`max_tokens` is out of range"),
        ('family = "gpt"', "`family` “gpt” is unknown"),
        ('languages = ["fr"]', "`languages` names an unknown one"),
        ("house_style = [1]", "`house_style` is not a list of sentences"),
        ('house_style = { fr = ["x"] }', "does not know `llm.house_style.fr`"),
        ("sampling = 3", "`sampling` has the wrong type"),
        ('context = "yes"', "`context` has the wrong type"),
        ('api_key = "sk-1234"', "does not know `llm.api_key`"),
    ],
)
def test_a_mistake_is_told_with_its_line(tmp_path: Path, line: str, problem: str) -> None:
    with pytest.raises(SettingsError) as caught:
        settings_from(tmp_path, SMALLEST + line + "\n")
    assert problem in caught.value.problem
    assert caught.value.line == 4
    assert "sk-1234" not in str(caught.value)


@pytest.mark.parametrize(
    "address",
    [
        "",
        "127.0.0.1:8080",
        "ftp://host/v1",
        "http://",
        "http://host:port/v1",
        "http://user:secret@host/v1",
        "http://h/?k=s",
    ],
)
def test_an_address_that_is_none_is_told(tmp_path: Path, address: str) -> None:
    with pytest.raises(SettingsError, match="base_url") as caught:
        settings_from(tmp_path, f'[llm]\nbase_url = "{address}"\nmodel = "x"\n')
    assert "secret" not in str(caught.value)


def test_a_model_must_be_named(tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match="names no model"):
        settings_from(tmp_path, '[llm]\nbase_url = "http://127.0.0.1:8080/v1"\n')
