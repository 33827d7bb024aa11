"""Help and usage errors of the command line in Chinese, commands grouped by what they are for."""

import re
import sys
from collections.abc import Sequence
from typing import Any

import typer
from typer.core import TyperCommand, TyperGroup

__all__ = ["ChineseCommand", "ChineseGroup"]

_UsageError: type[Exception] = typer.BadParameter.__mro__[1]  # typer exports only the subclass
_FIRST = "report"
_GROUPS = ("做报告", "分步使用", "自己的模型", "安装与设置")
_HELP = (
    (re.compile(r"^Usage: ", re.MULTILINE), "用法："),
    (re.compile(r"^Options:$", re.MULTILINE), "选项："),
    (re.compile(r"^Arguments:$", re.MULTILINE), "参数："),
    (re.compile(r"^Commands:$", re.MULTILINE), "命令："),
    (re.compile(r"\[OPTIONS\]"), "[选项]"),
    (re.compile(r"COMMAND \[ARGS\]\.\.\."), "命令 [参数]..."),
    (re.compile(r"Show this message and exit\."), "显示这份说明"),
    (re.compile(r"Install completion for the current shell\."), "安装命令补全（按 Tab 键）"),
    (re.compile(r"Show completion for the current shell, to copy it or\s+customize the installation\."), "打印补全脚本"),
    (re.compile(r"\[required\]"), "[必填]"),
    (re.compile(r"\[default:\s+"), "[默认："),
)  # fmt: skip
_ERRORS = (
    (re.compile(r"Missing option (.*?)\.?$", re.DOTALL), r"缺少选项 \1"),
    (re.compile(r"Missing argument (.*?)\.?$", re.DOTALL), r"缺少参数 \1"),
    (re.compile(r"Missing command\.?"), "没有写命令"),
    (re.compile(r"No such option:? (\S+)\.?"), r"没有选项 \1"),
    (re.compile(r"No such command (.*?)\."), r"没有命令 \1"),
    (re.compile(r"Did you mean (.*?)\?"), r"是不是 \1？"),
    (re.compile(r"Invalid value for (.*?): "), r"\1 的值不对："),
    (re.compile(r"Got unexpected extra argument\S* \((.*)\)"), r"多出的参数：\1（路径里有空格要加引号）"),
    (re.compile(r"Option (\S+) requires an argument\."), r"选项 \1 后面要有值"),
)  # fmt: skip


def _translate(text: str, table: tuple[tuple[re.Pattern[str], str], ...]) -> str:
    for pattern, words in table:
        text = pattern.sub(words, text)
    return text


class ChineseCommand(TyperCommand):
    """A command whose help is Chinese throughout."""

    def get_help(self, ctx: Any) -> str:
        """Return the help text."""
        return _translate(super().get_help(ctx), _HELP)


class ChineseGroup(TyperGroup):
    """A group of commands, listed by purpose; its usage errors are Chinese."""

    def get_help(self, ctx: Any) -> str:
        """Return the help text."""
        return _translate(super().get_help(ctx), _HELP)

    def format_commands(self, ctx: Any, formatter: Any) -> None:
        """Write the commands under the name of their group."""
        names = sorted(self.list_commands(ctx), key=lambda name: name != _FIRST)
        commands = {name: self.get_command(ctx, name) for name in names}
        of_group: dict[str, list[tuple[str, str]]] = {}
        for name, command in commands.items():
            if command is not None and not command.hidden:
                group = getattr(command, "rich_help_panel", None)
                group = group if isinstance(group, str) else "命令"
                of_group.setdefault(group, []).append((name, command.get_short_help_str(200)))
        order = [*_GROUPS, *sorted(set(of_group) - set(_GROUPS))]
        for group in (name for name in order if name in of_group):
            with formatter.section(group):
                formatter.write_dl(of_group[group])

    def main(
        self,
        args: Sequence[str] | None = None,
        prog_name: str | None = None,
        complete_var: str | None = None,
        standalone_mode: bool = True,
        windows_expand_args: bool = True,
        **extra: Any,
    ) -> Any:
        """Run; a usage error is said in Chinese and ends with exit code 2."""
        rest: dict[str, Any] = {"windows_expand_args": windows_expand_args, **extra}
        if not standalone_mode:
            return super().main(args, prog_name, complete_var, standalone_mode=False, **rest)
        try:
            code = super().main(args, prog_name, complete_var, standalone_mode=False, **rest)
        except _UsageError as error:
            said = _translate(error.format_message(), _ERRORS)  # type: ignore[attr-defined]
            typer.echo(f"renda：{said}；用法见 --help", err=True)
            sys.exit(error.exit_code)  # type: ignore[attr-defined]
        except typer.Abort:
            sys.exit(1)
        return sys.exit(code if isinstance(code, int) else 0)
