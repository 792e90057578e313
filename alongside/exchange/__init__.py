"""What comes in from other files and goes out to them: imports, exports, extracts."""
