"""What is planned or done with or about one youth, and what is expected by when."""
