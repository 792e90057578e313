"""How fast it is, measured; ``python -m benchmarks`` writes what it finds here."""
