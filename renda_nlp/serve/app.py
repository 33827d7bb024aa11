"""The routes of the local page, all below a secret token; nothing answers without it."""

import mimetypes
from collections.abc import Awaitable, Callable
from functools import cache
from importlib.resources import files
from pathlib import Path

from jinja2 import Environment, PackageLoader, StrictUndefined
from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.middleware.trustedhost import TrustedHostMiddleware
from starlette.requests import Request
from starlette.responses import (
    FileResponse,
    HTMLResponse,
    JSONResponse,
    PlainTextResponse,
    RedirectResponse,
    Response,
)
from starlette.routing import Mount, Route

from renda_nlp.records import INTENTS
from renda_nlp.serve import uploads
from renda_nlp.serve.proof import PROOF_FILE, Proof
from renda_nlp.serve.running import Runner

__all__ = ["MATERIAL_FOLDER", "make_app"]

MATERIAL_FOLDER = "上传的材料"
"""Where uploaded files lie, below the report folder."""

_POLICY = (
    "default-src 'none'; style-src 'self'; script-src 'self'; connect-src 'self'; "
    "form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
_HEADERS = {
    "Content-Security-Policy": _POLICY,
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cache-Control": "no-store",
}
_DOWNLOADS = ("report.html", "report.docx", "report.xlsx", PROOF_FILE)
_STATIC = ("serve.js", "serve.css")
_SEE_OTHER, _NOT_FOUND, _CONFLICT = 303, 404, 409
_KINDS = {"opinions": "意见", "issues": "热点", "choices": "议题"}
_PAGE = 30

Handler = Callable[[Request], Awaitable[Response]]


@cache
def _environment() -> Environment:
    return Environment(
        loader=PackageLoader("renda_nlp.serve", "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )


def _html(name: str, **values: object) -> Response:
    return HTMLResponse(_environment().get_template(name).render(**values), headers=_HEADERS)


class _Office:
    """The handlers, over one report folder."""

    def __init__(self, output: Path, material: Path) -> None:
        self._output = output
        self._material = material
        self._runner = Runner(material, output)
        self._proof = Proof(output)

    async def home(self, request: Request) -> Response:
        there = [name for name in _DOWNLOADS if (self._output / name).is_file()]
        return _html(
            "home.html",
            base=request.scope["root_path"],
            n_files=uploads.count_files(self._material),
            there=there,
            max_megabytes=uploads.MAX_BYTES // 1_000_000,
        )

    async def upload(self, request: Request) -> Response:
        async with request.form(max_files=uploads.MAX_FILES, max_fields=10) as form:
            n = uploads.store(form, self._material)
        return JSONResponse({"stored": n, "files": uploads.count_files(self._material)})

    async def clear(self, request: Request) -> Response:
        uploads.clear(self._material)
        return RedirectResponse(f"{request.scope['root_path']}/", _SEE_OTHER)

    async def run(self, request: Request) -> Response:  # noqa: ARG002 - a handler
        if not uploads.count_files(self._material):
            return JSONResponse({"message": "还没有材料，请先放入文件"}, _CONFLICT)
        started = self._runner.start()
        return JSONResponse({"message": "已开始" if started else "正在运行，请稍候"})

    async def status(self, request: Request) -> Response:  # noqa: ARG002 - a handler
        return JSONResponse(self._runner.plain())

    async def file(self, request: Request) -> Response:
        name = request.path_params["name"]
        if name not in _DOWNLOADS or not (self._output / name).is_file():
            raise HTTPException(_NOT_FOUND, "没有这个文件")
        shown = name.endswith(".html")
        headers = {
            key: value for key, value in _HEADERS.items() if key != "Content-Security-Policy"
        }
        kind = mimetypes.guess_type(name)[0] or "application/octet-stream"
        return FileResponse(
            self._output / name,
            media_type=kind,
            filename=None if shown else name,
            headers=headers,
        )

    async def static(self, request: Request) -> Response:
        name = request.path_params["name"]
        if name not in _STATIC:
            raise HTTPException(_NOT_FOUND, "没有这个文件")
        text = files("renda_nlp.serve").joinpath("static", name).read_text("utf-8")
        kind = "text/css" if name.endswith("css") else "text/javascript"
        return Response(text, media_type=kind, headers=_HEADERS)

    async def proof(self, request: Request) -> Response:
        query = request.query_params
        kind = query.get("kind", "opinions")
        words, page = query.get("q", ""), max(1, int(query.get("page", "1") or 1))
        if kind not in _KINDS:
            raise HTTPException(_NOT_FOUND, "没有这一页")
        items, total = self._proof.items(kind, words, page)
        return _html(
            "proof.html",
            base=request.scope["root_path"],
            kind=kind,
            kinds=_KINDS,
            words=words,
            page=page,
            n_pages=max(1, -(-total // _PAGE)),
            total=total,
            items=items,
            topics=[(name, name) for name in self._proof.topics()],
            intents=[(name, name) for name in INTENTS.values()],
            issues=self._proof.issues(),
            n_corrections=len(self._proof.corrections()),
            saved=query.get("saved", ""),
        )

    async def save(self, request: Request) -> Response:
        async with request.form(max_files=0, max_fields=2_000) as form:
            entries = {key: value for key, value in form.items() if isinstance(value, str)}
        kind, words = entries.get("kind", ""), entries.get("q", "")
        page = int(entries.get("page", "1") or 1)
        items, _ = self._proof.items(kind, words, page)
        n = 0
        for number, item in enumerate(items):
            if entries.get(f"name-{number}") == item.name:
                own = {field: entries.get(f"{field}-{number}", "") for field in item.old}
                n += self._proof.save(item, own)
        base = request.scope["root_path"]
        return RedirectResponse(
            str(request.url.replace(path=f"{base}/proof").replace_query_params(kind=kind, q=words, page=page, saved=n)),
            _SEE_OTHER,
        )  # fmt: skip

    def routes(self) -> list[Route]:
        """Return the routes below the token."""
        return [
            Route("/", self.home),
            Route("/upload", self.upload, methods=["POST"]),
            Route("/clear", self.clear, methods=["POST"]),
            Route("/run", self.run, methods=["POST"]),
            Route("/status", self.status),
            Route("/proof", self.proof),
            Route("/proof", self.save, methods=["POST"]),
            Route("/static/{name}", self.static),
            Route("/{name}", self.file),
        ]


async def _refuse(request: Request, error: Exception) -> Response:  # noqa: ARG001 - a handler
    if isinstance(error, HTTPException):
        return PlainTextResponse(error.detail, error.status_code, headers=_HEADERS)
    return PlainTextResponse("出错了", 500, headers=_HEADERS)


def make_app(output: Path, token: str, material: Path | None = None) -> Starlette:
    """Return the application over a report folder.

    Args:
        output: The report folder; made when it is not there.
        token: Every address begins with it; anything else is not found.
        material: Folder of the material; None for one below ``output``.
    """
    output.mkdir(parents=True, exist_ok=True)
    office = _Office(output, material or output / MATERIAL_FOLDER)
    return Starlette(
        routes=[Mount(f"/{token}", routes=office.routes())],
        middleware=[
            Middleware(TrustedHostMiddleware, allowed_hosts=["127.0.0.1", "localhost"]),
            Middleware(uploads.LimitedBody),
        ],
        exception_handlers={HTTPException: _refuse},
    )
