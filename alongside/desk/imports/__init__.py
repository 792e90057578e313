"""Bringing a unit's own workbooks in: files, headings, dry run, and undo."""
