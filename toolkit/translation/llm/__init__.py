"""The engine `llm`: any server that speaks OpenAI's chat protocol (llama.cpp, Ollama, vLLM, a hosted one)."""

from toolkit.translation.llm.engine import Llm
from toolkit.translation.llm.estimate import Estimate, estimate
from toolkit.translation.llm.settings import LlmSettings, read_llm_settings

__all__ = ["Estimate", "Llm", "LlmSettings", "estimate", "read_llm_settings"]
