"""Checks over reports and drafts.  Every finding has an id, a severity, a place and a reason."""

from toolkit.quality.catalogue import CHECKS, Check, Subject, severity_of
from toolkit.quality.dismissals import apply_dismissals, dismiss, open_findings, read_dismissals
from toolkit.quality.draft_checks import check_draft
from toolkit.quality.finding import (
    Dismissal,
    Finding,
    Severity,
    count_by_severity,
    finding_dict,
    findings_json,
)
from toolkit.quality.font_checks import check_fonts, check_widths
from toolkit.quality.new_names import ProposedName, check_names, names_csv, propose_names
from toolkit.quality.report_checks import check_report
from toolkit.quality.sarif import FilePlace, Locator, ReportLocator, sarif_bytes, unit_lines

__all__ = [
    "CHECKS",
    "Check",
    "Dismissal",
    "FilePlace",
    "Finding",
    "Locator",
    "ProposedName",
    "ReportLocator",
    "Severity",
    "Subject",
    "apply_dismissals",
    "check_draft",
    "check_fonts",
    "check_names",
    "check_report",
    "check_widths",
    "count_by_severity",
    "dismiss",
    "finding_dict",
    "findings_json",
    "names_csv",
    "open_findings",
    "propose_names",
    "read_dismissals",
    "sarif_bytes",
    "severity_of",
    "unit_lines",
]
