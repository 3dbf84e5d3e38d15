"""`python -m ui` is `reinvent-kb`."""

from ui.cli import main

main()
