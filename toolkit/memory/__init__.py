"""The translation memory: exact, fuzzy, TMX."""

from toolkit.memory.exchange import Imported, export_units, import_files
from toolkit.memory.memory import Memory, read_memory
from toolkit.memory.open_index import kept_index, open_index
from toolkit.memory.remembering import Forgotten, Remembered, Undone, forget, remember, undo
from toolkit.memory.tmx import iter_tmx, read_tmx
from toolkit.memory.tmx_write import tmx_bytes
from toolkit.memory.unit import MemoryMatch, MemoryUnit

__all__ = [
    "Forgotten",
    "Imported",
    "Memory",
    "MemoryMatch",
    "MemoryUnit",
    "Remembered",
    "Undone",
    "export_units",
    "forget",
    "import_files",
    "iter_tmx",
    "kept_index",
    "open_index",
    "read_memory",
    "read_tmx",
    "remember",
    "tmx_bytes",
    "undo",
]
