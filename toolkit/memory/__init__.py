"""The translation memory: exact, fuzzy, TMX."""

from toolkit.memory.memory import Memory, MemoryMatch, MemoryUnit
from toolkit.memory.tmx import read_memory, tmx_bytes

__all__ = ["Memory", "MemoryMatch", "MemoryUnit", "read_memory", "tmx_bytes"]
