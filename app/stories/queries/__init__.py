"""What is read of write-ups and comments."""
