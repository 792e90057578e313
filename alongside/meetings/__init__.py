"""Meetings about youth: sessions, agendas, minutes, and who the youth wants there."""
