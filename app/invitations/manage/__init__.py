"""The organiser's pages: who is invited, reminders and codes; and lists of people."""
