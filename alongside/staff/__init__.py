"""What staff do for each other: who covers for whom."""
