"""The process that a job is worked on in: started for it, ended with it, or before it when nobody wants it any more."""

from __future__ import annotations

from contextlib import AbstractAsyncContextManager

from server.kit.process import WorkerProcess, working
from server.planning_runs.job import Job, line_of


def working_on(job: Job) -> AbstractAsyncContextManager[WorkerProcess]:
    """A process at work on `job` for as long as the block lasts; then it is gone."""
    return working("server.planning_runs.worker", line_of(job))
