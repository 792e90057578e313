"""A unit's case for a youth: support, officer, status, hand-overs, and what is due."""
