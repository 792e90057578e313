"""Goals in a youth's own words, their steps, and how they move."""
