"""A youth’s SMART plan: goals in their own words, steps, progress, and papers."""
