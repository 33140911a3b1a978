"""Command line: the app, and a file a command.

Each module in this folder offers `register(app)`, which adds its command; modules whose name
begins with an underscore are helpers. Whatever is slow to import (spaCy, Faust, Kafka clients, pydantic)
is imported inside the command's function, so that `teletipo --help` answers at once.

A command ends with `raise typer.Exit(EXIT_FAILED)` when it did its job and the job failed in
part; errors of our own tree are caught here and become one line on stderr.
"""

import importlib
import pkgutil
from importlib.metadata import version as installed_version
from typing import Annotated, Any, Final

import typer
from typer.core import TyperGroup

EXIT_FAILED: Final = 1
EXIT_USAGE: Final = 2


class _Group(TyperGroup):
    """The group of all commands, which turns our errors into one line and exit code 1."""

    def invoke(self, ctx: Any) -> Any:
        try:
            return super().invoke(ctx)
        except typer.Exit:
            raise
        except Exception as error:
            # Not before: pydantic comes along, and the help needs none.
            from schemas.errors import TeletipoError

            if not isinstance(error, TeletipoError):
                raise
            typer.echo(f"teletipo: {error.code}: {error.detail}", err=True)
            raise typer.Exit(EXIT_FAILED) from error


app = typer.Typer(
    name="teletipo",
    help="Read Spanish news from Kafka and publish what happened.",
    cls=_Group,
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode="rich",
    context_settings={"help_option_names": ["-h", "--help"]},
)


def _show_version(value: bool) -> None:
    if value:
        typer.echo(f"teletipo {installed_version('teletipo')}")
        raise typer.Exit


@app.callback()
def _options(
    version: Annotated[
        bool, typer.Option("--version", callback=_show_version, is_eager=True, help="Show the version.")
    ] = False,
) -> None:
    """Read Spanish news from Kafka and publish what happened."""


def build_app() -> typer.Typer:
    """Give the app with every command of this folder registered, once."""
    if not app.registered_commands and not app.registered_groups:
        for module in sorted(pkgutil.iter_modules(__path__), key=lambda found: found.name):
            if not module.name.startswith("_"):
                importlib.import_module(f"{__name__}.{module.name}").register(app)
    return app


def main() -> None:
    """Run the command line and exit: 0 ok, 1 failed, 2 usage."""
    build_app()(prog_name="teletipo")
