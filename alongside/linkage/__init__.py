"""Joining two files of people, or finding duplicates; a person decides every match."""
