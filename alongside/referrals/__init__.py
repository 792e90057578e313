"""Referrals from the first word to the hand-off, every step with its own clock."""
