"""The lowest rung: clock, ids, dates, text and refusals. Imports nothing above it."""
