"""``alongside import``: a unit's own workbooks from the command line."""

import argparse
import importlib
import json
from datetime import date
from pathlib import Path

from alongside.config import ready
from alongside.config.terminal import Trouble, in_plain_words
from alongside.exchange.imports import FIELDS, LEAVE_OUT
from alongside.exchange.imports.vocabulary import plain
from alongside.kernel.refusal import Refused

# Imported once the application is loaded: it works with the models.
_RUN = "alongside.config.import_run"


@in_plain_words
def run(args: list[str]) -> int:
    """Read a unit’s own workbooks, and bring in what waits for no answer."""
    given = _arguments(args)
    files = [(path.name, _content(path)) for path in given.files]
    headings = _headings(given.mapping) if given.mapping else {}
    with ready.application():
        bring_in = importlib.import_module(_RUN).bring_in
        try:
            code: int = bring_in(
                files,
                unit=given.unit,
                user=given.user,
                kept_to=given.kept_to,
                headings=headings,
                dry_run=given.dry_run,
                report=given.report,
            )
        except Refused as refused:
            raise Trouble(refused.reason) from refused
    return code


def _arguments(args: list[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser("alongside import", description=run.__doc__)
    parser.add_argument(
        "files", nargs="+", type=Path, metavar="FILE", help=".xlsx, .xls, .ods or .csv"
    )
    parser.add_argument("--unit", required=True, help="the unit’s name")
    parser.add_argument(
        "--as", dest="user", required=True, help="the email of who brings them in"
    )
    parser.add_argument(
        "--mapping",
        type=Path,
        metavar="FILE",
        help='JSON of headings and fields: {"Remarks": "leave_out"}',
    )
    parser.add_argument(
        "--kept-to",
        type=_day,
        metavar="DATE",
        help="the last day somebody worked on the files; else the day they were saved",
    )
    parser.add_argument("--dry-run", action="store_true", help="write nothing")
    parser.add_argument(
        "--report", type=Path, metavar="FILE.json", help="where everything found goes"
    )
    return parser.parse_args(args)


def _content(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise Trouble(
            f"{path} cannot be read: {error.strerror}. Check the name and the folder."
        ) from error


def _headings(path: Path) -> dict[str, str]:
    """The headings of a mapping file, each with a field that exists."""
    try:
        given = json.loads(_content(path))
    except ValueError as error:
        raise Trouble(f"{path} is not JSON: {error}.") from error
    fields = {one.name for listed in FIELDS.values() for one in listed} | {LEAVE_OUT}
    if not isinstance(given, dict) or not given:
        raise Trouble(f'{path} should look like {{"Remarks": "{LEAVE_OUT}"}}.')
    for heading, name in given.items():
        if name not in fields:
            raise Trouble(
                f"{path} sends “{heading}” to “{name}”, which is no field."
                f" The fields are: {', '.join(sorted(fields))}."
            )
    return {plain(heading): name for heading, name in given.items()}


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        said = f"“{text}” is not a date like 2026-11-20"
        raise argparse.ArgumentTypeError(said) from error
