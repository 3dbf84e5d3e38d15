"""`serve`: the app in the browser."""

import os
import sys
import threading
import webbrowser
from typing import TYPE_CHECKING

import click

from index.config import ENVIRONMENT
from index.errors import ConfigError
from ui.cli.invocation import Invocation, pass_invocation

if TYPE_CHECKING:
    from ui.signing import SignIn


@click.command()
@click.option("--port", type=click.IntRange(1, 65535), default=8501, show_default=True)
@click.option("--host", default="127.0.0.1", show_default=True, help="Address to listen on.")
@click.option("--browser/--no-browser", default=True, help="Open the browser.")
@click.option("--sample/--no-sample", default=True, help="Fill a new knowledge base.")
@click.option("--open-to-all", is_flag=True, help="Serve others without sign-in, knowingly.")
@pass_invocation
def serve(
    invocation: Invocation, port: int, host: str, browser: bool, sample: bool, open_to_all: bool
) -> None:
    """Serve the app on this machine and open it in the browser.

    A new knowledge base begins with the sample pack. Ctrl-C ends it.

    With --host other machines may reach it: that needs sign-in (docs/app.md), or the flag
    --open-to-all when the network itself is trusted.

    \b
    Example:
      reinvent-kb serve
      reinvent-kb serve --port 8600 --no-browser
    """
    from ui.serving import LOOPBACK, free_port

    sign_in = None if host in LOOPBACK else _guard(host, open_to_all)
    chosen = free_port(host, port)
    if chosen != port:
        click.echo(f"Port {port} is taken; using {chosen}.", err=True)
    _fill(invocation, sample)
    shown = f"[{host}]" if ":" in host else host
    url = f"http://{shown}:{chosen}"
    click.echo(f"re:Invent KB is at {url} (Ctrl-C ends it)", err=True)
    if browser and _has_display():
        threading.Thread(target=_open_when_served, args=(host, chosen, url), daemon=True).start()
    _run(invocation, host, chosen, sign_in)


def _guard(host: str, open_to_all: bool) -> "SignIn | None":
    """Nobody serves a network by accident: sign-in, or the flag and a warning."""
    from ui.signing import sign_in_settings

    if sign_in := sign_in_settings():
        return sign_in
    if not open_to_all:
        raise ConfigError(
            f"{host} lets other machines in: set up sign-in (docs/app.md), or add --open-to-all "
            "if everyone who can reach this address may read and change this knowledge base",
            key="--host",
        )
    warning = f"Warning: everyone who can reach {host} may read and change this knowledge base."
    click.echo(click.style(warning, fg="yellow"), err=True)
    return None


def _fill(invocation: Invocation, sample: bool) -> None:
    from ui.cli.progress import progress
    from ui.sample import load_sample

    library = invocation.library
    if not sample:
        return
    with progress("Loading the sample pack") as tell:
        added = load_sample(library, tell)
    if added:
        click.echo(f"A new knowledge base: {added.new} sample entries loaded.", err=True)


def _run(invocation: Invocation, host: str, port: int, sign_in: "SignIn | None") -> None:
    from ui.serving import application, server_options
    from ui.signing import REQUIRED

    os.environ[ENVIRONMENT] = str(invocation.folder.resolve())
    os.environ[REQUIRED] = "1" if sign_in else ""
    # Streamlit takes the program's arguments for the script's; ours are read already.
    sys.argv = sys.argv[:1]
    app = application(sign_in.secrets if sign_in else None)
    threading.Thread(target=_warm_when_served, args=(host, port), daemon=True).start()
    app.run(config=server_options(host, port, debug=invocation.debug))


def _has_display() -> bool:
    """Whether a browser could show itself: always on Windows and macOS, else by a display."""
    if sys.platform in ("win32", "darwin"):
        return True
    return bool(os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))


def _warm_when_served(host: str, port: int) -> None:
    from ui.serving import wait_until_served

    if wait_until_served(host, port):
        from ui.warming import warm_up

        warm_up()


def _open_when_served(host: str, port: int, url: str) -> None:
    from ui.serving import wait_until_served

    if wait_until_served(host, port):
        webbrowser.open(url)
