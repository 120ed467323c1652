"""What people type about plans: shape only."""
