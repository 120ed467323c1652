"""The verbs on write-ups, their authors and pictures, and on comments."""
