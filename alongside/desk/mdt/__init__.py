"""MDT: the month, who waits for a place, sessions, minutes and agendas."""
