"""``alongside import``: clear sentences, a dry run that writes nothing, a commit."""

import json
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
import time_machine

from alongside.config import import_command
from alongside.config.import_run import bring_in
from alongside.config.terminal import Trouble
from alongside.exchange.models import ImportRun
from alongside.people.models import Youth
from tests import cast
from tests.exchange.conftest import CALENDAR, CASELOAD, WORKBOOKS

HEADINGS = "Last, First;DOB;PDJ #;DPO;Placement;Support lvl;Remarks\n"
RAMOS = "Ramos, Joaquín;3/9/2010;104418;Amara Okafor;home;AR;ride to court\n"
IN_DOUBT = "Kaur, Simran;6/31/2010;104420;Amara Okafor;JH;sec;\n"


@pytest.fixture
def now(db: None, at: datetime) -> Iterator[None]:
    """The command runs on the morning after the files were kept."""
    with time_machine.travel(at, tick=False):
        yield


def run(*files: tuple[str, bytes], **options: Any) -> int:
    given: dict[str, Any] = {
        "unit": "bridge unit",
        "user": cast.address("coordinator"),
        "kept_to": None,
        "headings": {},
        "dry_run": False,
        "report": None,
    }
    return bring_in(list(files), **{**given, **options})


def small(*rows: str) -> tuple[str, bytes]:
    return "caseload.csv", (HEADINGS + "".join(rows)).encode()


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (["nope.xlsx"], "nope.xlsx cannot be read: No such file"),
        (["a.csv", "--mapping", "none.json"], "none.json cannot be read"),
        (["a.csv", "--mapping", "bad.json"], "bad.json is not JSON"),
        (["a.csv", "--mapping", "list.json"], "should look like"),
        (["a.csv", "--mapping", "odd.json"], "which is no field. The fields are:"),
    ],
)
def test_what_is_missing_is_said_in_a_sentence(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    words: list[str],
    says: str,
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("a.csv").write_text(HEADINGS)
    Path("bad.json").write_text("{")
    Path("list.json").write_text("[]")
    Path("odd.json").write_text('{"Remarks": "somewhere"}')
    assert import_command.run([*words, "--unit", "U", "--as", "a@b"]) == 1
    assert says in capsys.readouterr().err


@pytest.mark.usefixtures("now")
@pytest.mark.parametrize(
    ("options", "says"),
    [
        ({"unit": "Nowhere"}, "no unit “Nowhere”. The units are: Bridge Unit, Field"),
        ({"user": "x@example.org"}, "Nobody signs in as “x@example.org”"),
        ({"user": cast.address("outsider")}, "does not work in Bridge Unit"),
        ({"headings": {"shoe size": "notes"}}, "No sheet has the heading “shoe size”"),
    ],
)
def test_who_and_where_must_exist(options: dict[str, Any], says: str) -> None:
    with pytest.raises(Trouble, match=says):
        run(small(RAMOS), **options)


@pytest.mark.usefixtures("now")
def test_a_dry_run_tells_everything_and_writes_nothing(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    report = tmp_path / "report.json"
    files = [(name, (WORKBOOKS / name).read_bytes()) for name in (CASELOAD, CALENDAR)]
    assert run(*files, dry_run=True, report=report) == 0
    told = capsys.readouterr().out
    assert "Active, L6: Last MDT of Octavia Bell, “6/31/26”. There is no" in told
    assert "at risk" not in told.casefold()
    found = json.loads(report.read_text("utf-8"))
    assert found["kept_to"] == "2026-11-20"
    assert (found["counts"]["problems"], found["counts"]["questions"]) == (74, 3)
    assert len(found["problems"]) == 74
    become_nobody = ImportRun.objects.exists() or Youth.objects.exists()
    assert not become_nobody


@pytest.mark.usefixtures("now")
def test_what_waits_for_no_answer_is_brought_in(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    report = tmp_path / "report.json"
    headings = {"remarks": "leave_out"}
    assert run(small(RAMOS), headings=headings, report=report) == 0
    assert "Brought in: 1 young person and 0 reviews." in capsys.readouterr().out
    assert json.loads(report.read_text("utf-8"))["written"] is True


@pytest.mark.usefixtures("now")
def test_nothing_is_brought_in_while_something_waits() -> None:
    with pytest.raises(Trouble, match="1 cell and 0 pairs of rows wait"):
        run(small(RAMOS, IN_DOUBT))
    assert not Youth.objects.exists()
