"""Signing in, the lock, drafts and the quick exit."""
