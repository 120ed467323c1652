"""Write-ups and comments for those who write and decide."""
