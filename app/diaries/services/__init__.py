"""Writing diaries, making findings of what was shared, and forgetting in time."""
