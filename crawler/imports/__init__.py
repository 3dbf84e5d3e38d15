"""Files that people keep: one reader per shape, chosen by what the file holds.

`files.read_paths` walks files, folders and patterns; `shapes.read_bytes` chooses the reader.
"""
