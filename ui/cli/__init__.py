"""The command line: one module a command, loaded when it is called."""

import os
import sys
from difflib import get_close_matches
from importlib import import_module
from pathlib import Path
from typing import Any

import click

from index.errors import KnowledgeBaseError
from ui.cli.invocation import Invocation

COMMANDS = {
    "doctor": "ui.cli.doctor:doctor",
    "facts": "ui.cli.facts:facts",
    "fetch": "ui.cli.fetch:fetch",
    "find": "ui.cli.find:find",
    "import": "ui.cli.import_:import_",
    "rebuild": "ui.cli.rebuild:rebuild",
    "saved": "ui.cli.saved:saved",
    "serve": "ui.cli.serve:serve",
    "show": "ui.cli.show:show",
    "slides": "ui.cli.slides:slides",
    "sources": "ui.cli.sources:sources",
    "study": "ui.cli.study:study",
    "taxonomy": "ui.cli.taxonomy:taxonomy",
    "timeline": "ui.cli.timeline:timeline",
    "train": "ui.cli.train:train",
    "vectors": "ui.cli.vectors:vectors",
    "week": "ui.cli.week:week",
}


class LazyGroup(click.Group):
    """Commands by name; a command's module (and what it needs) is imported when it is run."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return sorted(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in COMMANDS:
            return None
        module, name = COMMANDS[cmd_name].split(":")
        command = getattr(import_module(module), name)
        assert isinstance(command, click.Command)
        _accept_everywhere(command)
        return command

    def resolve_command(self, ctx: click.Context, args: list[str]) -> Any:
        name = args[0] if args else ""
        if name in COMMANDS or name.startswith("-"):
            return super().resolve_command(ctx, args)
        near = get_close_matches(name, COMMANDS, n=1, cutoff=0.5)
        hint = f" Did you mean {near[0]!r}?" if near else ""
        raise click.UsageError(f"No such command {name!r}.{hint}", ctx)


def _accept_everywhere(command: click.Command) -> None:
    """`--data` and `--debug` may stand before or after the command's name."""
    if any(parameter.name == "data" for parameter in command.params):
        return
    command.params += _common_options()
    if isinstance(command, click.Group):
        for inner in command.commands.values():
            _accept_everywhere(inner)


def _set_data(ctx: click.Context, _: click.Parameter, value: Path | None) -> None:
    if value is not None:
        ctx.ensure_object(Invocation).data = value


def _set_debug(ctx: click.Context, _: click.Parameter, value: bool) -> None:
    if value:
        ctx.ensure_object(Invocation).debug = True


def _common_options() -> list[click.Parameter]:
    return [
        click.Option(
            ["--data"],
            type=click.Path(path_type=Path),
            metavar="FOLDER",
            expose_value=False,
            callback=_set_data,
            help="The knowledge base's folder (else REINVENT_KB_DATA, else data/).",
        ),
        click.Option(
            ["--debug"],
            is_flag=True,
            expose_value=False,
            callback=_set_debug,
            help="Show the traceback of an error.",
        ),
    ]


@click.group(cls=LazyGroup, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="reinvent-kb")
@click.pass_context
def cli(ctx: click.Context) -> None:
    """re:Invent KB: AWS news and session notes, found and presented.

    \b
    Example:
      reinvent-kb import posts/
      reinvent-kb find "Aurora Serverless"
      reinvent-kb week 2020-W50
      reinvent-kb slides 2020-W50 -o deck.pptx
    """
    ctx.ensure_object(Invocation)


cli.params += _common_options()


def main(args: list[str] | None = None) -> None:
    """Run the program and leave with its exit code; one sentence for every error."""
    invocation = Invocation()
    try:
        code = cli.main(args, obj=invocation, standalone_mode=False)
        sys.stdout.flush()
    except click.ClickException as error:
        error.show()
        code = error.exit_code
    except (click.Abort, KeyboardInterrupt):
        click.echo("Interrupted; everything reported so far is kept.", err=True)
        code = 130
    except BrokenPipeError:
        # The reader of our output (head, less) has left: nobody to tell.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        code = 0
    except KnowledgeBaseError as error:
        if invocation.debug:
            raise
        click.echo(f"Error: {error}", err=True)
        code = error.exit_code
    except Exception as error:
        if invocation.debug:
            raise
        kind = type(error).__name__
        click.echo(f"Error: unexpected {kind}: {error}; run again with --debug", err=True)
        code = 2
    sys.exit(code if isinstance(code, int) else 0)
