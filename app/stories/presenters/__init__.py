"""Write-ups and comments as pages and feeds show them."""
