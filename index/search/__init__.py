"""Search: a Whoosh folder read through numpy, a view of SQLite that may be deleted at any time."""
