"""Every SELECT of the formats, a module for each."""
