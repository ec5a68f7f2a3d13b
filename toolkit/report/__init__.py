"""What a report is, and how to read one."""

from toolkit.report.inline import Code, InlineText
from toolkit.report.model import AppliedCorrection, Block, Report, Role, Segment
from toolkit.report.pictures import Illustration, PictureFile
from toolkit.report.read import REPORT_FILE, REPORT_FILES, find_report_file, read_report

__all__ = [
    "REPORT_FILE",
    "REPORT_FILES",
    "AppliedCorrection",
    "Block",
    "Code",
    "Illustration",
    "InlineText",
    "PictureFile",
    "Report",
    "Role",
    "Segment",
    "find_report_file",
    "read_report",
]
