"""`./run bench NAME [OPTIONS]`: run one benchmark; without a name, list them."""

import sys
from importlib import import_module
from pathlib import Path


def names() -> dict[str, str]:
    """Each benchmark's name and the module that holds it (`import` is `import_`)."""
    found = sorted(p.stem for p in Path(__file__).parent.glob("*.py"))
    modules = [name for name in found if not name.startswith("_")]
    runnable = [
        m
        for m in modules
        if "\ndef main(" in (Path(__file__).parent / f"{m}.py").read_text("utf-8")
    ]
    return {module.rstrip("_"): module for module in runnable}


def run(args: list[str]) -> int:
    """Run the benchmark that the first word names; 2 when there is none of that name."""
    known = names()
    if not args or args[0] not in known:
        print(f"usage: ./run bench NAME [OPTIONS]; names: {', '.join(known)}", file=sys.stderr)
        return 2
    return int(import_module(f"bench.{known[args[0]]}").main(args[1:]) or 0)


sys.exit(run(sys.argv[1:]))
