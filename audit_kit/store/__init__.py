"""The only code that touches folders, the database, keys and encryption."""
