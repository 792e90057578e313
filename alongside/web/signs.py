"""Characters that neither a page nor XML may hold: shown as a sign, never dropped."""

from functools import cache

_SIGN = "\N{REPLACEMENT CHARACTER}"


def visible(text: str) -> str:
    """The text, control characters as their pictures and non-characters as a sign."""
    text = text.replace("\r\n", "\n").replace("\r", "\n").translate(_signs())
    # Halves of a pair that stand alone are no character at all.
    return text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")


@cache
def _signs() -> dict[int, str]:
    pictures = {code: chr(0x2400 + code) for code in range(0x20)}
    ends = [plane + last for plane in range(0, 0x110000, 0x10000) for last in _LAST]
    others = [0x7F, *range(0x80, 0xA0), *range(0xFDD0, 0xFDF0), *ends]
    signs = {**pictures, **dict.fromkeys(others, _SIGN)}
    for kept in "\t\n":
        del signs[ord(kept)]
    return signs | {0x7F: "\N{SYMBOL FOR DELETE}", 0x85: "\n"}


_LAST = (0xFFFE, 0xFFFF)
