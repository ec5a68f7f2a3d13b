"""What a newsroom may set about its server: the table [llm] of bulletin.toml.

The key is never here: `api_key_env` names the environment variable that holds it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Literal, get_args
from urllib.parse import urlsplit

from toolkit.languages import TARGETS, Language
from toolkit.tomlfile import TomlFile

Family = Literal["auto", "hymt", "chat", "plain"]
FAMILIES: tuple[Family, ...] = get_args(Family)
_KEYS = (
    *("base_url", "model", "family", "languages", "parallel", "segments_per_request", "timeout", "patience", "retries"),
    *("max_tokens", "context", "house_style", "sampling", "price_in", "price_out", "api_key_env"),
)


@dataclass(frozen=True)
class LlmSettings:
    """A server and how to talk to it.

    `base_url` is the address up to and without /chat/completions; `family` the prompt template, by the model's name
    if "auto".  At most `parallel` requests are under way at once; `segments_per_request` above 1 saves prompt tokens
    on models that follow instructions well.  `timeout` (s) is how long the server may be silent, `patience` (s) how
    long a request may take with all its retries; `retries` is for 429, 5xx, silence and broken connections.
    `max_tokens` bounds an answer (None: by the length of the text); `context` sends the paragraph along (None: as
    the template is used to).  `house_style` are sentences for the prompt.  `sampling` goes to the server as it is,
    over the template's own.  Prices are per million tokens, in any currency.
    """

    base_url: str
    model: str
    family: Family = "auto"
    languages: tuple[Language, ...] = TARGETS
    parallel: int = 4
    segments_per_request: int = 1
    timeout: float = 300.0
    patience: float = 900.0
    retries: int = 4
    max_tokens: int | None = None
    context: bool | None = None
    house_style: Mapping[Language, tuple[str, ...]] = field(default_factory=dict)
    sampling: Mapping[str, Any] = field(default_factory=dict)
    price_in: float = 0.0
    price_out: float = 0.0
    api_key_env: str = ""


def read_llm_settings(file: TomlFile) -> LlmSettings | None:
    """The table [llm] of `file`, or None where there is none.

    Raises `SettingsError` naming the line of anything unknown, mistyped or out of range.
    """
    if "llm" not in file.values:
        return None
    table = file.table("llm", _KEYS)
    defaults = LlmSettings("", "")

    def text(key: str, example: str) -> str:
        return str(file.typed(table, key, str, getattr(defaults, key), example))

    def number(key: str, low: int, high: int) -> int:
        value = int(file.typed(table, key, int, getattr(defaults, key), str(getattr(defaults, key))))
        if not low <= value <= high:
            raise file.fault(f"`{key}` is out of range", near=key, remedy=f"Choose {low} to {high}")
        return value

    def amount(key: str, *, above_zero: bool) -> float:
        value = float(file.typed(table, key, float, getattr(defaults, key), "300.0"))
        if not 0 <= value < float("inf") or (above_zero and not value):
            raise file.fault(f"`{key}` is out of range", near=key, remedy="Choose a positive number")
        return value

    model = text("model", '"Hy-MT2-7B"')
    if not model:
        raise file.fault("[llm] names no model", near="[llm]", remedy='Write model = "…", as the server calls it')
    family = text("family", '"hymt"')
    if family not in FAMILIES:
        raise file.fault(f"`family` “{family}” is unknown", near=family, remedy=f"Known are {', '.join(FAMILIES)}")
    return LlmSettings(
        base_url=_address(file, text("base_url", '"http://127.0.0.1:8080/v1"')),
        model=model,
        family=next(known for known in FAMILIES if known == family),
        languages=_languages(file, table),
        parallel=number("parallel", 1, 64),
        segments_per_request=number("segments_per_request", 1, 50),
        timeout=amount("timeout", above_zero=True),
        patience=amount("patience", above_zero=True),
        retries=number("retries", 0, 20),
        max_tokens=number("max_tokens", 1, 100_000) if "max_tokens" in table else None,
        context=bool(file.typed(table, "context", bool, False, "true")) if "context" in table else None,
        house_style=_house_style(file, table),
        sampling=dict(file.typed(table, "sampling", dict, {}, "{ temperature = 0.3 }")),
        price_in=amount("price_in", above_zero=False),
        price_out=amount("price_out", above_zero=False),
        api_key_env=text("api_key_env", '"LLM_API_KEY"'),
    )


def _address(file: TomlFile, address: str) -> str:
    remedy = 'Write it like base_url = "http://127.0.0.1:8080/v1"'
    try:
        parts = urlsplit(address)
        is_address = parts.scheme in ("http", "https") and bool(parts.hostname) and (parts.port or 1) > 0
    except ValueError:
        is_address = False
    if not is_address:
        raise file.fault("`base_url` is not an http address", near="base_url" if address else "[llm]", remedy=remedy)
    if parts.username or parts.password or parts.query:
        raise file.fault(
            "`base_url` may hold neither user, password nor query",
            near="base_url",
            remedy="Put the key into an environment variable and name it in api_key_env",
        )
    return address.rstrip("/")


def _languages(file: TomlFile, table: Mapping[str, Any]) -> tuple[Language, ...]:
    wanted = file.typed(table, "languages", list, list(TARGETS), '["en", "bo"]')
    if any(language not in TARGETS for language in wanted):
        raise file.fault("`languages` names an unknown one", near="languages", remedy=f"Known are {', '.join(TARGETS)}")
    return tuple(language for language in TARGETS if language in wanted)


def _house_style(file: TomlFile, table: Mapping[str, Any]) -> Mapping[Language, tuple[str, ...]]:
    """One list for all languages, or a table with a list for each."""
    given = table.get("house_style", [])
    notes = given if isinstance(given, Mapping) else dict.fromkeys(TARGETS, given)
    file.check_keys(notes, TARGETS, "llm.house_style.")
    for sentences in notes.values():
        if not isinstance(sentences, list) or not all(isinstance(sentence, str) for sentence in sentences):
            raise file.fault(
                "`house_style` is not a list of sentences",
                near="house_style",
                remedy='Write it like house_style = ["Write Xizang, not Tibet."]',
            )
    return {language: tuple(notes[language]) for language in TARGETS if notes.get(language)}
