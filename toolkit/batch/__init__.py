"""Many reports, one after another; one that fails does not stop the others."""

from toolkit.batch.serial import BatchResult, build_reports

__all__ = ["BatchResult", "build_reports"]
