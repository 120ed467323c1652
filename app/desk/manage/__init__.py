"""Calendars as administrators see them; editions compared."""
