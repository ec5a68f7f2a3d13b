"""The engine `llm`, set up for short tests."""

from __future__ import annotations

from typing import Any

import pytest

from toolkit.translation.llm import LlmSettings


@pytest.fixture(autouse=True)
def no_openai_variables(monkeypatch: pytest.MonkeyPatch) -> None:
    """What the shell of a developer holds must not decide a test."""
    for name in ("OPENAI_API_KEY", "OPENAI_BASE_URL", "OPENAI_ORG_ID", "OPENAI_PROJECT_ID", "OPENAI_CUSTOM_HEADERS"):
        monkeypatch.delenv(name, raising=False)


def quick(url: str, **changes: Any) -> LlmSettings:
    """Settings with little patience."""
    settings: dict[str, Any] = {"model": "Hy-MT2-7B", "timeout": 0.4, "patience": 5.0, "retries": 1, "parallel": 1}
    return LlmSettings(url, **{**settings, **changes})
