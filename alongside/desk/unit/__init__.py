"""The unit: its people, who covers, and what it expects by when."""
