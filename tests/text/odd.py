"""A thousand odd strings, the same in every run, and how they are put into one value.

A browser sends no half of a surrogate pair and, from a one-line field, no line breaks.
Blanks at both ends of a field are dropped by design, so each value ends in letters.
"""

import itertools
import re
import string
from collections.abc import Iterator
from random import Random

HOW_MANY = 1_000
NUL = "\x00"
LONGEST = 100_000

MARK = re.compile(r"odd[a-z]{4}x")

_KNOWN = (
    *("'", '"', "O’Neal", "«Peña»", "“It’s” ‘fine’", "`x`", "'; drop table people; --"),
    *(
        "Zoë",
        "Thảo Nguyễn",
        "e\u0301\u0323",
        "Z\u0300\u0301\u0302\u0303",
        "\u0301",
        "ﬁ",
    ),
    *(
        "😀",
        "👩\u200d👩\u200d👧",
        "🏳\ufe0f\u200d🌈",
        "🇺🇸",
        "1\ufe0f\u20e3",
        "👍🏽",
        "\u200d",
    ),
    *(
        "שלום",
        "عمر خالد",
        "a\u202eb\u202cc",
        "\u2067עב\u2069",
        "\u200fx\u200e",
        "\u061c",
    ),
    *("हिन्दी", "ก็ำ", "សុខា", "王小明", "さくら", "김민수", "𠮷", "\U000f0000", "\u0378"),
    *(
        "=1+1",
        "+1",
        "-1",
        "@SUM(1)",
        '=HYPERLINK("x")',
        "\t=1",
        "\r=1",
        "|cmd",
        "%0A=1",
    ),
    *(
        "{{ 7*7 }}",
        "{% now %}",
        "{# x #}",
        "{%",
        "}}",
        "${7*7}",
        "<% x %>",
        "{0}",
        "{x}",
    ),
    *(
        "</script>",
        "<odd-tag>",
        "<!--",
        "-->",
        "&amp;",
        "&#0;",
        "&lt;b&gt;",
        "]]>",
        "<b",
    ),
    *("</textarea><odd-tag>", "</title>", '" onload="x', "' x='", "javascript:x"),
    *(
        "#set page()",
        "$x$",
        "*a* _b_",
        "<l> @ref",
        "#{1}",
        "// c",
        "/* d",
        "= H",
        "- x",
    ),
    *("# H", "[a](b)", "![a](b)", "> x", "---", "1. x", "~~x~~", "| a |", "\\begin{x}"),
    *("\\", "\\\\", "\\n", "\\u0000", "%s", "%(x)s", "%", "%%", "%00", "\\x00", "{}%d"),
    *("a\nb", "a\r\nb", "a\rb", "a\u2028b", "a\u2029b", "a\x85b", "a\x0bb", "a\x0cb"),
    *(
        "a\x01b",
        "a\x07b",
        "a\x1bb",
        "a\x7fb",
        "a\x9fb",
        "a\ufffeb",
        "a\uffffb",
        "\ufdd0",
    ),
    *("a\u200bb", "a\ufeffb", "a\u2060b", "a\xadb", "a\xa0b", "a  b", "a\tb", "\ufffd"),
    *(
        "NULL",
        "None",
        "null",
        "undefined",
        "NaN",
        "true",
        "0",
        "-0",
        "1e309",
        "İı",
        "ß",
    ),
    *("..", "../../x", "C:\\x", "con", "x" * 120, "👧" * 40, "é" * 80, "\u0301" * 30),
)
# What a value begins with: a spreadsheet or a template may take it for its own.
_STARTS = ("", "=", "+", "-", "@", "{{", "<", "#", "%s", "\\", "'", "=1+1;")
_ALPHABETS = (
    string.ascii_letters + "'’\"“” -",
    string.punctuation,
    "áéíóúñüçøåßœŁşğțĐảọưấ",
    "aeiou" + "".join(map(chr, range(0x300, 0x330))),
    "😀😎🌱👩👧🏽🇺🇸❤\ufe0f\u200d",
    "אבגדהמעש \u200f\u200e" + "عربىخالدةأ",
    "ab \u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069",
    "a" + "".join(map(chr, [*range(1, 9), 11, 12, *range(14, 32), *range(127, 160)])),
    "=+-@\t()1A",
    "{}%#[]$*_`\\<>&;/!|~",
    "王小明さくら김민수हिन्दीก็ำ",
    "ab \t\n\r\x0b\x0c\x85\xa0\u2028\u2029\u3000",
    "\ufffd\ufeff\u2060\u200b\u200c\u00ad\ue000\ufdd0\ufffe\uffff",
)


def thousand() -> list[str]:
    """The strings: those known to have done harm somewhere, then drawn ones."""
    chance, strings = Random(20_261_119), dict.fromkeys(_KNOWN)
    for alphabet in itertools.cycle(_ALPHABETS):
        if len(strings) >= HOW_MANY:
            break
        length = chance.randint(1, 16)
        strings["".join(chance.choice(alphabet) for _ in range(length))] = None
    return list(strings)


class Deck:
    """Deals the strings round and round, so that every one gets a turn."""

    def __init__(self) -> None:
        self.all = thousand()
        self.dealt: set[str] = set()
        self._next = itertools.cycle(self.all)
        self._marks = (
            "".join(four) for four in itertools.product("abcdefgh", repeat=4)
        )
        self._starts = itertools.cycle(_STARTS)
        self._waits: list[str] = []

    def value(self, limit: int | None, *, one_line: bool) -> str:
        """As many as fit between two marks; as much as 30 characters has one alone."""
        if limit is None:
            lines = [sent(one, one_line) for one in self.all]
            return _between(next(self._starts), self.mark(), lines)
        if limit < 30:
            return self._alone(limit)
        start, mark = next(self._starts), self.mark()
        room, chosen = limit - len(start) - 2 * len(mark) - 2, []
        for one in self._in_turn():
            text = sent(one, one_line)
            if width(text) < room:
                room -= width(text) + 1
                chosen.append(text)
                self.dealt.add(one)
            else:
                self._waits.append(one)
                if chosen:
                    break
        return _between(start, mark, chosen)

    def mark(self) -> str:
        """A word that occurs nowhere else."""
        return f"odd{next(self._marks)}x"

    def _in_turn(self) -> Iterator[str]:
        """One that found no room before may come first; then the next ones."""
        waiting, self._waits = self._waits, []
        if waiting:
            yield waiting.pop(0)
        self._waits = waiting + self._waits
        yield from self._next

    def _alone(self, limit: int) -> str:
        fits = (
            one
            for one in self._next
            if one.strip() == one and width(one) <= limit and sent(one, True) == one
        )
        one = next(fits)
        self.dealt.add(one)
        return one


def sent(text: str, one_line: bool) -> str:
    """As a browser sends it out of a field."""
    lines = text.replace("\r\n", "\n").replace("\r", "\n")
    return lines.replace("\n", "" if one_line else "\r\n")


def kept(text: str) -> str:
    """Line breaks are the same however they are written."""
    return text.replace("\r\n", "\n")


def width(text: str) -> int:
    """Its length as a browser counts it."""
    return len(text.encode("utf-16-le")) // 2


def _between(start: str, mark: str, strings: list[str]) -> str:
    return f"{start}{mark} {' '.join(strings)} {mark}"
