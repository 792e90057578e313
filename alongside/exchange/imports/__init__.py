"""Reading a unit's own workbooks: nothing guessed, nothing dropped, nothing written.

Six stages, each plain data in and out, so that a web page can stop after any of them:

1. **read**: ``read(name, content)`` makes a ``Workbook`` of any .xlsx, .xls, .ods or
   .csv, or raises ``Unreadable`` with one sentence for the person who chose the file.
2. **recognise**: ``recognise(workbook)`` finds the lists, month calendars and legends,
   and says of every other cell what it is. One ``Section`` for each sheet.
3. **propose mapping**: ``propose(section, kept)`` sends each column to a field, says
   how sure it is and shows first values; ``mapping.corrected("B", "officer")`` is the
   user's say; ``mapping.kept()`` is what to keep for the next workbook.
4. **look up**, 5. **check**, 6. **dry run**: ``dry_run(sections, mappings, roster,
   kept_to, answers)`` ties rows to the youth and officers of the ``Roster``, runs every
   check, asks what it must, and returns a ``DryRun``: records, problems, questions, and
   where each cell went.

The user's ``Answers`` go back into the same call until nothing is open, or what is open
may stay empty. ``kept_to`` is the day the files were kept to; the engine has no clock.
``to_json`` and ``from_json`` turn any of these into JSON and back.

Sections of several files may be given at once: a legend, the caseload's names and the
calendar's dates then explain each other.
"""

from alongside.exchange.imports.fields import FIELDS, LEAVE_OUT, Field, Subject
from alongside.exchange.imports.files import read, read_file
from alongside.exchange.imports.limits import Unreadable
from alongside.exchange.imports.mapping import (
    ColumnMapping,
    KeptMapping,
    Mapping,
    Sample,
    Sure,
    propose,
)
from alongside.exchange.imports.plain import from_json, to_json
from alongside.exchange.imports.problems import (
    Act,
    Answers,
    Decision,
    Place,
    Problem,
    Question,
    Reply,
    Side,
)
from alongside.exchange.imports.recognition import recognise
from alongside.exchange.imports.rehearsal import dry_run
from alongside.exchange.imports.results import (
    Change,
    DryRun,
    Meeting,
    Outcome,
    YouthRecord,
)
from alongside.exchange.imports.roster import KnownYouth, Officer, Roster
from alongside.exchange.imports.sections import Column, Layout, Section
from alongside.exchange.imports.workbook import Cell, Sheet, Workbook

__all__ = [
    "FIELDS",
    "LEAVE_OUT",
    "Act",
    "Answers",
    "Cell",
    "Change",
    "Column",
    "ColumnMapping",
    "Decision",
    "DryRun",
    "Field",
    "KeptMapping",
    "KnownYouth",
    "Layout",
    "Mapping",
    "Meeting",
    "Officer",
    "Outcome",
    "Place",
    "Problem",
    "Question",
    "Reply",
    "Roster",
    "Sample",
    "Section",
    "Sheet",
    "Side",
    "Subject",
    "Sure",
    "Unreadable",
    "Workbook",
    "YouthRecord",
    "dry_run",
    "from_json",
    "propose",
    "read",
    "read_file",
    "recognise",
    "to_json",
]
