"""Checks over reports and drafts.  Every finding has an id, a severity, a place and a reason."""

from toolkit.quality.draft_checks import check_draft
from toolkit.quality.finding import Finding, Severity, count_by_severity, findings_json
from toolkit.quality.font_checks import check_fonts
from toolkit.quality.report_checks import check_report

__all__ = ["Finding", "Severity", "check_draft", "check_fonts", "check_report", "count_by_severity", "findings_json"]
