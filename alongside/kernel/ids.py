"""Random public references; keys of the database never leave it."""

from uuid import UUID, uuid4


def new_ref() -> UUID:
    """A fresh random reference for a record's address."""
    return uuid4()
