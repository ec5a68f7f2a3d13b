"""A bulletin as an editable Word document: rows level across languages, every style named."""

from toolkit.docx.document import typeset_docx
from toolkit.docx.volume import typeset_volume_docx

__all__ = ["typeset_docx", "typeset_volume_docx"]
