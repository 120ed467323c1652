"""What is typed about each format: shape only."""
