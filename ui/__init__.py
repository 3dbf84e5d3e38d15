"""Everything a person sees: command line, app, decks, Markdown, feeds out."""
