"""What the pages of groups, plans and meta-districts show."""
