"""Delivers the edition on this machine alone, and tells open pages what becomes of it."""

from __future__ import annotations

import asyncio
import socket
import threading
from collections.abc import Iterable, Mapping
from contextlib import suppress
from http import HTTPStatus
from pathlib import Path
from types import TracebackType
from typing import BinaryIO, Final
from urllib.parse import quote

from teipipe.errors import TeipipeError
from teipipe.serve.board import Board
from teipipe.serve.delivery import TYPES, Found, MovedError, find, name_of
from teipipe.serve.messages import Messages
from teipipe.serve.pages import CLIENT, OURS, missing, with_script
from teipipe.serve.requests import LIMIT, RefusedError, Request, read_request

HOST: Final = "127.0.0.1"

#: Seconds within which a request has to be there, and a piece of an answer taken.
_PATIENCE: Final = 10.0
#: Seconds after which an open page is told that the server is still there, so that a lost one is noticed.
_PULSE: Final = 15.0
#: How many may be connected at once; each is a file that is open.
_MOST: Final = 400
_PIECE: Final = 1 << 18
#: Seconds that the other side has to close a connection.
_FAREWELL: Final = 0.5

#: Nothing is kept, guessed at, shown in a stranger's page or read by one.
_ALWAYS: Final = {
    "Cache-Control": "no-store",
    "Connection": "close",
    "Cross-Origin-Resource-Policy": "same-origin",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "SAMEORIGIN",
}
#: Documents that are no pages can have scripts in them too.
_NO_SCRIPTS: Final = {
    "Content-Security-Policy": "default-src 'none'; img-src 'self' data:; style-src 'self' 'unsafe-inline'; sandbox"
}


def bind(port: int, tries: int = 1) -> socket.socket:
    """A socket on the first free one of so many ports; raises TeipipeError."""
    for each in range(port, min(port + tries, 65_536)):
        listener = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            listener.bind((HOST, each))
            listener.listen(128)
        except OSError as error:
            listener.close()
            reason = (error.strerror or str(error)).lower()
        else:
            return listener
    raise TeipipeError(f"port {port} can't be listened to: {reason}", help="choose another one: --port N")


class Server:
    """Delivers from a thread of its own as long as it is entered."""

    def __init__(self, listener: socket.socket, board: Board, root: Path) -> None:
        self._listener = listener
        self._board = board
        self._messages = Messages(board, root)
        self._loop = asyncio.new_event_loop()
        self._changed = asyncio.Event()
        self._end = asyncio.Event()
        self._connections = 0
        self._thread = threading.Thread(target=self._run, name="server", daemon=True)

    def __enter__(self) -> Server:
        self._thread.start()
        self._board.listen(lambda: self._call(self._wake))
        return self

    def __exit__(
        self, kind: type[BaseException] | None, value: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._call(self._end.set)
        self._thread.join(timeout=2)

    def _call(self, what: object) -> None:
        with suppress(RuntimeError):  # the loop is closed
            self._loop.call_soon_threadsafe(what)  # type: ignore[arg-type]

    def _wake(self) -> None:
        """Wake all who wait for a change: each waits for the event that is there when it begins to."""
        self._changed.set()
        self._changed = asyncio.Event()

    def _run(self) -> None:
        with asyncio.Runner(loop_factory=lambda: self._loop) as runner:
            runner.run(self._serve())

    async def _serve(self) -> None:
        server = await asyncio.start_server(self._answer, sock=self._listener, limit=LIMIT)
        await self._end.wait()
        server.close()  # what is still open ends with the loop

    async def _answer(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """Answer one request; whatever the other side does, only its own connection ends."""
        self._connections += 1
        try:
            if self._connections > _MOST:
                await _refuse(writer, RefusedError(503))
                return
            await self._answer_request(reader, writer)
            await _finish(reader, writer)
        except (OSError, TimeoutError):
            writer.transport.abort()
        except asyncio.CancelledError:
            # The loop ends, and so does this. If it went on, it would be reported: some versions of asyncio ask a
            # connection that was cancelled for its exception.
            writer.transport.abort()
        finally:
            self._connections -= 1
            writer.close()

    async def _answer_request(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            request = await asyncio.wait_for(read_request(reader), _PATIENCE)
            if request is None:
                return
            if request.path == (OURS.encode(), b"events"):
                await self._tell(request, reader, writer)
            else:
                await self._deliver(request, writer)
        except RefusedError as refused:
            await _refuse(writer, refused)

    async def _deliver(self, request: Request, writer: asyncio.StreamWriter) -> None:
        client = CLIENT.get(b"/".join(request.path).decode("ascii", "replace"))
        if client is not None:
            await _send(writer, request, 200, TYPES[client.suffix], client.read_bytes())
            return
        build = self._board.status.builds  # what is read from now on may be newer, never older
        try:
            found = find(self._board.output, request.path)
        except MovedError:
            raise self._moved(request) from None
        status = 200
        if found is None:
            found, status = find(self._board.output, (b"404.html",)), 404
        if found is None:
            await self._send_page(writer, request, 404, missing(), build)
            return
        with found.file as file:
            if found.type == TYPES[".html"]:
                await self._send_page(writer, request, status, file.read(), build)
            else:
                await _send_file(writer, request, found, file)

    async def _send_page(
        self, writer: asyncio.StreamWriter, request: Request, status: int, html: bytes, build: int
    ) -> None:
        await _send(writer, request, status, TYPES[".html"], with_script(html, self._board.run, build))

    def _moved(self, request: Request) -> RefusedError:
        if request.path[-1] == b"":  # a folder that is called index.html
            return RefusedError(404)
        place = "/".join(["", *map(quote, request.path), ""])
        return RefusedError(307, {"Location": place + (f"?{request.query_text}" if request.query_text else "")})

    async def _tell(self, request: Request, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """Tell a page what there is to tell, now and on every change, until one of both goes."""
        page, run, build = _page(request)
        await _send_head(writer, 200, {"Content-Type": "text/event-stream"})
        if request.is_head:
            return
        gone = asyncio.ensure_future(reader.read(1))
        told = b""
        try:
            while not gone.done():
                changed = asyncio.ensure_future(self._changed.wait())
                message = self._messages.message(page, run, build)
                await _put(writer, b": still here\n\n" if message == told else message)
                told = message
                await asyncio.wait((changed, gone), timeout=_PULSE, return_when=asyncio.FIRST_COMPLETED)
                changed.cancel()
        finally:
            gone.cancel()


def _page(request: Request) -> tuple[str, str, int]:
    """Which page wants to be told, and what it was delivered from."""
    from urllib.parse import unquote_to_bytes

    path = unquote_to_bytes(request.query.get("page", "/")).split(b"/")[1:] or [b""]
    build = request.query.get("build", "")
    return name_of(path), request.query.get("run", ""), int(build) if build.isdecimal() and len(build) < 10 else 0


async def _refuse(writer: asyncio.StreamWriter, refused: RefusedError) -> None:
    body = f"{refused.status} {HTTPStatus(refused.status).phrase}\n".encode()
    headers = {"Content-Type": TYPES[".txt"], "Content-Length": str(len(body)), **refused.headers}
    await _send_head(writer, refused.status, headers)
    await _put(writer, body)


async def _send(writer: asyncio.StreamWriter, request: Request, status: int, type: str, body: bytes) -> None:
    await _send_head(writer, status, {"Content-Type": type, "Content-Length": str(len(body))})
    if not request.is_head:
        await _put(writer, body)


async def _send_file(writer: asyncio.StreamWriter, request: Request, found: Found, file: BinaryIO) -> None:
    is_active = found.type in (TYPES[".xml"], TYPES[".svg"])
    headers = {"Content-Type": found.type, "Content-Length": str(found.size), **(_NO_SCRIPTS if is_active else {})}
    await _send_head(writer, 200, headers)
    left = 0 if request.is_head else found.size
    while left and (piece := file.read(min(left, _PIECE))):
        await _put(writer, piece)
        left -= len(piece)


async def _send_head(writer: asyncio.StreamWriter, status: int, headers: Mapping[str, str]) -> None:
    fields: Iterable[tuple[str, str]] = {**_ALWAYS, **headers}.items()
    lines = [f"HTTP/1.1 {status} {HTTPStatus(status).phrase}", *(f"{name}: {value}" for name, value in fields)]
    await _put(writer, "".join(f"{line}\r\n" for line in [*lines, ""]).encode("ascii"))


async def _put(writer: asyncio.StreamWriter, data: bytes) -> None:
    writer.write(data)
    await asyncio.wait_for(writer.drain(), _PATIENCE)


async def _finish(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    """Say that there is no more, and hear the other side out: closing over unread bytes takes the answer back."""
    writer.write_eof()
    with suppress(TimeoutError):
        await asyncio.wait_for(reader.read(LIMIT), _FAREWELL)
