"""A young person’s record: its pages, and what is written on them."""
