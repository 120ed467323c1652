"""What organisers do with series, and with regional copies."""
