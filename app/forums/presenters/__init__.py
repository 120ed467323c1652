"""What pages and papers show of each format, in the language in force."""
