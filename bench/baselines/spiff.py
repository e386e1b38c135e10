"""Whole leave cases on SpiffWorkflow, its state saved to SQLite after each step, as durably as the product.

`python bench/baselines/spiff.py DATABASE CASES CALLERS` in an environment that has SpiffWorkflow; prints the seconds.
As in the product, each step finds its case in the database: it can come days after the one before. Otherwise easier:
no words are read, no cards drawn, no events chained.
"""

import sqlite3
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Lock

from SpiffWorkflow.bpmn.parser.BpmnParser import BpmnParser
from SpiffWorkflow.bpmn.serializer.workflow import BpmnWorkflowSerializer
from SpiffWorkflow.bpmn.specs.bpmn_process_spec import BpmnProcessSpec
from SpiffWorkflow.bpmn.workflow import BpmnWorkflow
from SpiffWorkflow.util.task import TaskState

VALUES = {"applicant": "caoy", "days": 0.5, "start": "2026-11-24 下午", "leave_type": "sick", "reason": "去医院复查"}


class Saved:
    """The cases' states in SQLite: one writer at a time, each save a transaction."""

    def __init__(self, path: str) -> None:
        self._connection = sqlite3.connect(path, isolation_level=None, check_same_thread=False)
        for pragma in ("journal_mode=WAL", "synchronous=FULL"):
            self._connection.execute(f"PRAGMA {pragma}")
        self._connection.execute("CREATE TABLE cases (id INTEGER PRIMARY KEY, state TEXT NOT NULL)")
        self._serializer = BpmnWorkflowSerializer(BpmnWorkflowSerializer.configure())
        self._lock = Lock()

    def load(self, number: int) -> BpmnWorkflow:
        """As it was saved."""
        with self._lock:
            (state,) = self._connection.execute("SELECT state FROM cases WHERE id = ?", (number,)).fetchone()
        return self._serializer.deserialize_json(state)

    def save(self, number: int, workflow: BpmnWorkflow) -> None:
        """Durable when it returns."""
        state = self._serializer.serialize_json(workflow)
        with self._lock:
            self._connection.execute("INSERT OR REPLACE INTO cases VALUES (?, ?)", (number, state))


def whole_case(number: int, spec: BpmnProcessSpec, saved: Saved) -> None:
    """Begin, submit, two approvals, cc."""
    workflow = BpmnWorkflow(spec)
    workflow.do_engine_steps()
    saved.save(number, workflow)
    while not workflow.is_completed():
        workflow = saved.load(number)
        task = workflow.get_next_task(state=TaskState.READY, manual=True)
        task.data.update(VALUES if task.task_spec.name == "submit" else {f"{task.task_spec.name}_says": "approved"})
        task.run()
        workflow.do_engine_steps()
        saved.save(number, workflow)
    assert workflow.data["told"] == ["zhao", "maj"]


def main() -> None:
    """Time them."""
    path, cases, callers = sys.argv[1], int(sys.argv[2]), int(sys.argv[3])
    parser = BpmnParser()
    parser.add_bpmn_file(str(Path(__file__).with_name("leave.bpmn")))
    spec, saved = parser.get_spec("leave"), Saved(path)
    whole_case(0, spec, saved)
    began = time.perf_counter()
    with ThreadPoolExecutor(callers) as pool:
        list(pool.map(lambda number: whole_case(number, spec, saved), range(1, cases + 1)))
    print(time.perf_counter() - began)


if __name__ == "__main__":
    main()
