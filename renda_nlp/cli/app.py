"""The typer application: commands, shared options, and the one place where errors become words."""

import logging
import sys
from collections.abc import Callable
from functools import wraps
from typing import Annotated, Any

import typer

from renda_nlp.cli.chinese import ChineseCommand, ChineseGroup
from renda_nlp.errors import RendaError
from renda_nlp.executors import spare_garbage
from renda_nlp.version import VERSION

__all__ = ["app", "command", "guard"]

app = typer.Typer(
    cls=ChineseGroup,
    help="人大监督议题助手：读一个文件夹的材料，找出热点问题，写出监督议题建议报告。",
    no_args_is_help=True,
    add_completion=True,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
)

CANNOT_RUN = 2


def _version(*, asked: bool) -> None:
    if asked:
        typer.echo(f"renda_nlp {VERSION}")
        raise typer.Exit


@app.callback()
def main(
    verbose: Annotated[bool, typer.Option("-v", "--verbose", help="显示运行日志")] = False,
    version: Annotated[  # noqa: ARG001 - typer calls it
        bool,
        typer.Option(
            "--version",
            callback=lambda asked: _version(asked=asked),
            is_eager=True,
            help="显示版本",
        ),
    ] = False,
) -> None:
    """Set up what every command shares."""
    spare_garbage()
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="replace")
    level = logging.INFO if verbose else logging.WARNING
    logging.basicConfig(level=level, format="%(asctime)s %(name)s %(message)s", stream=sys.stderr)


def guard(call: Callable[..., None]) -> Callable[..., None]:
    """Let an error of ours become its message and exit code 2."""

    @wraps(call)
    def guarded(*args: Any, **kwargs: Any) -> None:
        try:
            call(*args, **kwargs)
        except RendaError as error:
            typer.echo(f"renda：{error}", err=True)
            raise typer.Exit(CANNOT_RUN) from error
        except KeyboardInterrupt:
            typer.echo("renda：已中断，没有写出不完整的报告", err=True)
            raise typer.Exit(CANNOT_RUN) from None
        except BrokenPipeError:
            sys.stderr.close()
            raise typer.Exit from None
        except OSError as error:
            typer.echo(
                f"renda：读写文件时出错（{error.strerror}），没有写出不完整的结果；请检查磁盘空间和权限后重试",
                err=True,
            )
            raise typer.Exit(CANNOT_RUN) from error

    return guarded


def command(group: str) -> Callable[[Callable[..., None]], Callable[..., None]]:
    """Register a guarded command."""

    def register(call: Callable[..., None]) -> Callable[..., None]:
        name = call.__name__.strip("_").removesuffix("_command")
        return app.command(name, cls=ChineseCommand, rich_help_panel=group)(guard(call))

    return register


def load_commands() -> None:
    """Import the modules that hold the commands."""
    from renda_nlp.cli import (  # noqa: F401 - they register themselves
        doctor,
        follow,
        models,
        plan,
        report,
        review,
        serve,
        setup,
        tables,
        texts,
    )


load_commands()
