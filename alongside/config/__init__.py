"""The top rung: settings, addresses, and what starts and stops everything."""
