"""Pages that compose several apps; views only."""
