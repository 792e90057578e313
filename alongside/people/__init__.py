"""Young people, the people around them, and what is true about them for a time."""
