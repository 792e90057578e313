"""Disclosure control: the one step between raw counts and anything that is written."""

from alongside.measures.disclosure.earlier import Earlier, NotARelease, read_earlier
from alongside.measures.disclosure.gather import Task, gather, tasks
from alongside.measures.disclosure.internal import Internal
from alongside.measures.disclosure.policy import Policy, Reason
from alongside.measures.disclosure.published import Published, must_be_published
from alongside.measures.disclosure.step import Log, mark_internal, publish

__all__ = [
    "Earlier",
    "Internal",
    "Log",
    "NotARelease",
    "Policy",
    "Published",
    "Reason",
    "Task",
    "gather",
    "mark_internal",
    "must_be_published",
    "publish",
    "read_earlier",
    "tasks",
]
