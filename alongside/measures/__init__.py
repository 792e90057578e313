"""Outcome, fidelity and funnel measures, defined once and run on any engine."""
