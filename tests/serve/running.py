"""A running server, and what a client of it needs: raw requests, and the stream of events; every wait has an end."""

from __future__ import annotations

import json
import os
import re
import select
import signal
import socket
import subprocess
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

import pytest
from tests.conftest import CACHE, ENVIRONMENT, command

#: Seconds, for machines that have much else to do.
PATIENCE: Final = 60.0


@dataclass(frozen=True)
class Answer:
    """What came back."""

    status: int
    headers: Mapping[str, str]
    body: bytes

    @property
    def text(self) -> str:
        return self.body.decode("utf-8")


def answer_of(data: bytes) -> Answer:
    head, _, body = data.partition(b"\r\n\r\n")
    first, *lines = head.decode("latin-1").split("\r\n")
    headers = dict(line.split(": ", 1) for line in lines)
    return Answer(int(first.split()[1]), {name.lower(): value for name, value in headers.items()}, body)


class Events:
    """What a page is told."""

    def __init__(self, port: int, page: str, build: int, run: str) -> None:
        self._socket = socket.create_connection(("127.0.0.1", port), PATIENCE)
        query = f"page={page}&run={run}&build={build}"
        self._socket.sendall(f"GET /.teipipe/events?{query} HTTP/1.1\r\nHost: localhost\r\n\r\n".encode())
        self._file = self._socket.makefile("rb")
        while self._file.readline().strip():
            pass

    def wait(self, wanted: Callable[[dict[str, Any]], bool]) -> dict[str, Any]:
        """The first event that is as wanted."""
        last: dict[str, Any] = {}
        end = time.monotonic() + PATIENCE
        while time.monotonic() < end:
            line = self._file.readline()
            if line.startswith(b"data: "):
                last = json.loads(line.removeprefix(b"data: "))
                if wanted(last):
                    return last
            elif not line:
                break
        pytest.fail(f"the page is not told; last: {last}")

    def close(self) -> None:
        self._file.close()
        self._socket.close()


@dataclass
class Running:
    """A server as a process, in the folder of a project."""

    folder: Path
    process: subprocess.Popen[str]
    address: str = ""
    streams: list[Events] = field(default_factory=list)

    @property
    def port(self) -> int:
        if not self.address:
            pytest.fail(f"it doesn't serve: {self.process.communicate(timeout=PATIENCE)[1]}")
        return int(self.address.rsplit(":", 1)[1].rstrip("/"))

    def raw(self, data: bytes) -> bytes:
        """What comes back for these bytes, until the server closes."""
        with socket.create_connection(("127.0.0.1", self.port), PATIENCE) as connection:
            connection.sendall(data)
            received = b""
            while piece := connection.recv(1 << 16):
                received += piece
            return received

    def get(self, path: str, *headers: str, method: str = "GET", host: str = "localhost") -> Answer:
        lines = [f"{method} {path} HTTP/1.1", f"Host: {host}", *headers, "", ""]
        return answer_of(self.raw("\r\n".join(lines).encode("latin-1")))

    def events(self, page: str = "/") -> Events:
        """What a page is told that is open, as it is now."""
        found = re.search(r'serve\.js" data-run="(\w+)" data-build="(\d+)"', self.get(page).text)
        assert found
        self.streams.append(Events(self.port, page, int(found[2]), found[1]))
        return self.streams[-1]

    def kill(self) -> None:
        """End it in any case."""
        for stream in self.streams:
            stream.close()
        if self.process.poll() is None:
            os.killpg(self.process.pid, signal.SIGKILL)
        self.process.communicate()

    def end(self, number: int = signal.SIGINT) -> tuple[int, str]:
        """End it as a terminal does; its exit status, and what it said."""
        for stream in self.streams:
            stream.close()
        os.killpg(self.process.pid, number)
        _, said = self.process.communicate(timeout=PATIENCE)
        return self.process.returncode, said


def start(folder: Path, *arguments: str) -> Running:
    """A server, once it serves or has ended."""
    process = subprocess.Popen(
        command("serve", *(arguments or ("--port", "0"))),
        cwd=folder,
        env={**ENVIRONMENT, CACHE: os.environ[CACHE]},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        process_group=0,
    )
    assert process.stdout is not None
    ready, _, _ = select.select([process.stdout], [], [], PATIENCE)
    line = process.stdout.readline() if ready else ""
    found = re.fullmatch(r"(http://127\.0\.0\.1:\d+/) \(Ctrl-C ends\)\n", line)
    return Running(folder, process, found[1] if found else "")
