"""Everything that touches the wire or a foreign format; knows nothing of the store."""
