"""A bulletin as an editable Word document: rows level across languages, every style named."""

from toolkit.docx.document import typeset_docx

__all__ = ["typeset_docx"]
