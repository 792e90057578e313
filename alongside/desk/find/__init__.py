"""Finding a young person by name or number."""
