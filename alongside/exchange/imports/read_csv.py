"""Text files: any common encoding, any common delimiter."""

import csv
import re
from collections import Counter
from collections.abc import Iterator
from io import StringIO

from charset_normalizer import from_bytes

from alongside.exchange.imports.limits import Unreadable, refuse_too_many_cells
from alongside.exchange.imports.workbook import Cell, Sheet, Workbook, writable

_MARKS = (
    (b"\xef\xbb\xbf", "utf-8-sig"),
    (b"\xff\xfe\x00\x00", "utf-32"),
    (b"\xff\xfe", "utf-16"),
    (b"\xfe\xff", "utf-16"),
)
# What spreadsheet programs save besides Unicode and the two Western ones below.
_OTHERS = ["cp1251", "cp1253", "cp1255", "cp1256", "cp932", "gb18030", "big5", "cp949"]
# Excel on Windows and Excel on a Mac; the bytes alone often fit both.
_WESTERN = ["cp1252", "mac_roman"]
_GUESSED = (
    "The file does not say how its accented letters are written; we read it as {}."
    " If names look wrong, save it as .xlsx and choose that."
)
_SIGN_IN_A_WORD = re.compile(r"(?<=[^\W\d_])[^\w\s\x00-\x7f’‘](?=[^\W\d_])|[‡†ˆ‰]")
_DELIMITERS = ",;\t|"
_LONGEST_FIELD = 10_000_000
_SAMPLE, _SAMPLED_LINES = 100_000, 200


def read_csv(name: str, content: bytes) -> Workbook:
    """Read a delimited text file as a workbook of one sheet, named like the file."""
    text, guessed = _decode(name, content)
    rows: dict[int, dict[int, Cell]] = {}
    count = 0
    for line, values in _records(name, text):
        for column, value in enumerate(values, 1):
            text = writable(value)
            if text.strip():
                rows.setdefault(line, {})[column] = Cell(line, column, text)
                count += 1
        refuse_too_many_cells(name, count)
    remarks = (_GUESSED.format(guessed),) if guessed else ()
    return Workbook(name, (Sheet("", rows),), remarks)


def _decode(name: str, content: bytes) -> tuple[str, str | None]:
    """The text, and the encoding's name when it is only the likeliest."""
    for mark, encoding in _MARKS:
        if content.startswith(mark):
            return content.decode(encoding, errors="replace"), None
    zeros = content.count(0)
    if zeros * 4 > len(content):
        return content.decode(_utf_16_side(content), errors="replace"), None
    try:
        text = content.decode("utf-8")
    except UnicodeDecodeError:
        if zeros:
            raise Unreadable(_not_a_sheet(name)) from None
        return _likeliest(content)
    return text, None


def _likeliest(content: bytes) -> tuple[str, str]:
    best = from_bytes(content, cp_isolation=_OTHERS + _WESTERN).best()
    if best is not None and best.encoding in _OTHERS:
        return str(best), best.encoding
    texts = {name: content.decode(name, errors="replace") for name in _WESTERN}
    likeliest = min(_WESTERN, key=lambda name: _oddness(texts[name]))
    return texts[likeliest], likeliest


def _oddness(text: str) -> int:
    """How many signs stand inside words, as they do when accents are misread."""
    return len(_SIGN_IN_A_WORD.findall(text)) + text.count("\ufffd")


def _utf_16_side(content: bytes) -> str:
    """Latin letters have their zero byte second when the small end comes first."""
    small_end = content[1::2].count(0) >= content[::2].count(0)
    return "utf-16-le" if small_end else "utf-16-be"


def _records(name: str, text: str) -> Iterator[tuple[int, list[str]]]:
    """Each record with the line of the file it begins on."""
    csv.field_size_limit(_LONGEST_FIELD)
    reader = csv.reader(StringIO(text, newline=""), delimiter=_delimiter(text))
    begins = 1
    try:
        for values in reader:
            yield begins, values
            begins = reader.line_num + 1
    except csv.Error as broken:
        raise Unreadable(
            f"“{name}” is damaged after line {begins}. Open it in a spreadsheet"
            " program, save it as .xlsx, and choose that."
        ) from broken


def _delimiter(text: str) -> str:
    """The mark that parts the first lines into the most columns, all alike.

    The library's own guess takes the comma of “Last, First” for a delimiter.
    """
    lines = text[:_SAMPLE].splitlines(keepends=True)[:_SAMPLED_LINES]
    return max(_DELIMITERS, key=lambda mark: _alike(lines, mark))


def _alike(lines: list[str], delimiter: str) -> float:
    try:
        rows = [row for row in csv.reader(lines, delimiter=delimiter) if any(row)]
    except csv.Error:
        return 0
    widths = Counter(len(row) for row in rows) or Counter({1: 1})
    width, times = max(widths.items(), key=lambda pair: (pair[1], pair[0]))
    return (width - 1) * times / max(len(rows), 1)


def _not_a_sheet(name: str) -> str:
    return (
        f"“{name}” is not a spreadsheet or text file we know."
        " Choose an .xlsx, .xls, .ods or .csv file."
    )
