"""Read: bytes of a spreadsheet become a workbook, or one sentence says why not."""

import re
import zipfile
from io import BytesIO
from pathlib import Path, PurePath

from alongside.exchange.imports.limits import (
    MOST_BYTES,
    MOST_UNPACKED,
    Unreadable,
    refuse_too_many_cells,
)
from alongside.exchange.imports.read_csv import read_csv
from alongside.exchange.imports.read_xls import read_xls
from alongside.exchange.imports.read_xlsx import read_xlsx
from alongside.exchange.imports.workbook import Workbook

_ZIP, _OLE = (b"PK\x03\x04", b"PK\x05\x06"), b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_CELL = re.compile(rb"<(?:[\w.-]+:)?c[\s/>]")
_MARKS_OF_A_CELL = 8  # "<" of a cell with rich text in it, and both its ends
_AT_ONCE = 2**20
_ENCRYPTED_STREAM = "EncryptedPackage".encode("utf-16-le")


def read_file(path: Path) -> Workbook:
    """Read one file from disk."""
    if path.stat().st_size > MOST_BYTES:
        raise Unreadable(_too_big(path.name))
    return read(path.name, path.read_bytes())


def read(name: str, content: bytes) -> Workbook:
    """Read an .xlsx, .xls, .ods or .csv file; what it *is* decides, not its name."""
    name = PurePath(name).name
    if not content.strip(b"\0 \t\r\n\xef\xbb\xbf\xff\xfe"):
        raise Unreadable(f"“{name}” is empty. Save the workbook again and choose it.")
    if len(content) > MOST_BYTES:
        raise Unreadable(_too_big(name))
    if content.startswith(_ZIP):
        workbook = _read_zip(name, content)
    elif content.startswith(_OLE):
        if _ENCRYPTED_STREAM in content:
            raise Unreadable(_locked(name))
        workbook = read_xls(name, content)
    else:
        workbook = read_csv(name, content)
    if not any(True for sheet in workbook.sheets for _ in sheet.cells()):
        raise Unreadable(f"“{name}” has no text in any cell. Choose another file.")
    return workbook


def _read_zip(name: str, content: bytes) -> Workbook:
    try:
        with zipfile.ZipFile(BytesIO(content)) as parts:
            unpacked = sum(part.file_size for part in parts.infolist())
            names = set(parts.namelist())
            if unpacked > MOST_UNPACKED:
                raise Unreadable(_too_big(name))
            if "mimetype" in names:
                if b"encryption-data" in parts.read("META-INF/manifest.xml"):
                    raise Unreadable(_locked(name))
                return read_xls(name, content)
            _refuse_what_fills_the_memory(name, parts)
    except (zipfile.BadZipFile, KeyError, OSError) as broken:
        raise Unreadable(
            f"“{name}” is damaged: part of the file is missing. Open it in the program"
            " that made it, save it again, and choose the new file."
        ) from broken
    if "xl/workbook.xml" not in names:
        raise Unreadable(
            f"“{name}” is not a spreadsheet. Choose an .xlsx, .xls, .ods or .csv file."
        )
    return read_xlsx(name, content)


def _refuse_what_fills_the_memory(name: str, parts: zipfile.ZipFile) -> None:
    """Count before anything is made of it: a cell is four letters, "<c/>", in a file
    that packs them a thousand to one, and hundreds of bytes once it is read."""
    cells = marks = 0
    for part in parts.namelist():
        with parts.open(part) as opened:
            while chunk := opened.read(_AT_ONCE):
                text = chunk.replace(b"\0", b"")  # as UTF-16 writes the same letters
                cells += len(_CELL.findall(text))
                marks += text.count(b"<")
                refuse_too_many_cells(name, max(cells, marks // _MARKS_OF_A_CELL))


def _too_big(name: str) -> str:
    return (
        f"“{name}” is larger than we read at once ({MOST_BYTES // 2**20} MB)."
        " Copy the sheets you need to a new workbook and choose that."
    )


def _locked(name: str) -> str:
    return (
        f"“{name}” is protected with a password. Open it, save a copy without the"
        " password, and choose the copy."
    )
