"""Who may know about whom, which part, why, until when; and who did what."""
