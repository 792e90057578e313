"""Today: one's own day and what is due, and the unit's."""
