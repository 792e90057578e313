"""The caseload: the list, what leaves as a sheet, handing over, and closing."""
