"""What each format decides, in plain Python."""
