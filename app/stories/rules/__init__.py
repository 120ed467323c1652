"""What a write-up needs, which comments are held back, and what a video's address is."""
