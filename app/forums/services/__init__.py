"""The verbs of each format."""
