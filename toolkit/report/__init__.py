"""What a report is, and how to read one."""

from toolkit.report.inline import Code, InlineText
from toolkit.report.model import AppliedCorrection, Block, Report, Role, Segment
from toolkit.report.read import read_report

__all__ = ["AppliedCorrection", "Block", "Code", "InlineText", "Report", "Role", "Segment", "read_report"]
