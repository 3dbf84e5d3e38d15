"""Everything that is kept and understood; knows no wire and no screen."""
