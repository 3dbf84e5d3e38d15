"""Pieces that several screens share; each module imports only what it needs."""
