"""Names folded for sorting and finding: no case, no accents, no punctuation."""

import unicodedata

# Letters that no decomposition takes apart.
_PLAIN = str.maketrans(
    {
        **{"đ": "d", "Đ": "D", "ð": "d", "Ð": "D", "ø": "o", "Ø": "O", "ł": "l"},
        **{"Ł": "L", "ı": "i", "æ": "ae", "Æ": "AE", "œ": "oe", "Œ": "OE", "þ": "th"},
    }
)
# Within a name these join: "O'Neal" is found as "oneal".
_JOINING = "'’‘`´ʼʻ"


def fold(text: str) -> str:
    """Words in lower case without accents, a blank between: "d angelo nico"."""
    bare = unicodedata.normalize("NFKD", text.translate(_PLAIN)).casefold()
    kept = (
        mark if mark.isalnum() else " "
        for mark in bare
        if mark not in _JOINING and not unicodedata.combining(mark)
    )
    return " ".join("".join(kept).split())
