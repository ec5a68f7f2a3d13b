"""Many reports at once: on this machine's cores or on others', with a ledger; one that fails does not stop the rest."""

from toolkit.batch.build import Batch, build_planned
from toolkit.batch.executor import AUTO, EXECUTORS, Executor, ExecutorOptions, make_executor
from toolkit.batch.ledger import Ledger, LedgerRow, open_ledger, read_ledger
from toolkit.batch.lock import one_build
from toolkit.batch.plan import Planned, plan
from toolkit.batch.serial import BatchResult, build_reports

__all__ = [
    "AUTO",
    "EXECUTORS",
    "Batch",
    "BatchResult",
    "Executor",
    "ExecutorOptions",
    "Ledger",
    "LedgerRow",
    "Planned",
    "build_planned",
    "build_reports",
    "make_executor",
    "one_build",
    "open_ledger",
    "plan",
    "read_ledger",
]
