"""Alongside: case management that walks alongside young people, and its evidence."""

__version__ = "0.1.0"
