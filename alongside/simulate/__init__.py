"""A simulated state and unit: invented people, for trying out measures and linkage."""
