"""renda serve: a local page over a report folder."""

from pathlib import Path
from typing import Annotated

import typer

from renda_nlp.cli.app import command
from renda_nlp.cli.options import require
from renda_nlp.errors import InputError

_LOOPBACK = "127.0.0.1"


@command("做报告")
def serve(
    folder: Annotated[Path, typer.Argument(help="报告文件夹，没有就新建", show_default=False)],
    material: Annotated[
        Path | None, typer.Option("--material", help="材料文件夹；不写则在网页里放入")
    ] = None,
    port: Annotated[int, typer.Option("--port", help="端口，0 为自动选择")] = 0,
) -> None:
    """在本机浏览器里放材料、看进度、看报告、校对、下载 Word 和 Excel（只有本机能打开）。"""
    import secrets
    import socket

    try:
        import uvicorn

        from renda_nlp.serve import make_app
    except ImportError as error:
        raise InputError("网页服务需要另装：pip install 'renda-nlp[serve]'") from error

    if material is not None:
        require(material)
    token = secrets.token_urlsafe(18)
    app = make_app(folder, token, material)
    with socket.socket() as listening:
        listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            listening.bind((_LOOPBACK, port))
        except OSError as error:
            raise InputError(f"端口{port}被占用，请换一个，或不写 --port") from error
        chosen = listening.getsockname()[1]
        typer.echo(f"请在浏览器打开：http://{_LOOPBACK}:{chosen}/{token}/\n按 Ctrl+C 结束。")
        server = uvicorn.Server(uvicorn.Config(app, log_level="warning", access_log=False))
        server.run(sockets=[listening])
