"""Measures of safety, care and practice, counted the same way everywhere.

    from datetime import date
    from alongside.measures import Period, compute, load, windows

    source = load("extract")                   # a folder of Parquet or CSV
    for problem in source.problems:
        print(problem)                         # table, row and rule, as a sentence
    years = list(windows(Period.FISCAL_YEAR, date(2020, 7, 1), date(2023, 7, 1)))
    results = compute(["4-S1", "4-P1"], source, years, date(2024, 7, 1), by=["county"])

Results are raw counts; publish them only through the disclosure step.
"""

from alongside.measures.computing import compute, engine_for, get
from alongside.measures.database import open_database
from alongside.measures.definition import Measure
from alongside.measures.engine import RESULT_COLUMNS, Engine
from alongside.measures.groups import GROUPS, Group
from alongside.measures.intervals import Period, Window, months, windows
from alongside.measures.library import MEASURES
from alongside.measures.options import Options
from alongside.measures.problems import Problem, Rule, SourceError, UnsoundSource
from alongside.measures.restatement import Extract, Reason, Restatement, restate
from alongside.measures.source import Source, load
from alongside.measures.tables import TABLES

__all__ = [
    "GROUPS",
    "MEASURES",
    "RESULT_COLUMNS",
    "TABLES",
    "Engine",
    "Extract",
    "Group",
    "Measure",
    "Options",
    "Period",
    "Problem",
    "Reason",
    "Restatement",
    "Rule",
    "Source",
    "SourceError",
    "UnsoundSource",
    "Window",
    "compute",
    "engine_for",
    "get",
    "load",
    "months",
    "open_database",
    "restate",
    "windows",
]
