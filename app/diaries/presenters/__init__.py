"""What the pages of diaries and debriefs show."""
