"""Every SELECT of diaries and debriefs."""
