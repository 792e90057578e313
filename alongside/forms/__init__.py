"""What is asked and answered, and the words that may be chosen from."""
