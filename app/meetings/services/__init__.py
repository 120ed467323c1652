"""Verbs about one-to-one meetings, by whom they serve."""
