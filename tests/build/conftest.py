"""What tests of the lock-down share: a secret, a server that counts, and whether this kernel has what it takes."""

from __future__ import annotations

import socket
import threading
from collections.abc import Iterator

import pytest

from teipipe.build import lockdown

CANARY = "canary-51c0ffee"

VERSION = lockdown.version()
needs_landlock = pytest.mark.skipif(not VERSION, reason="this kernel has no Landlock, or does not allow it")


class Server:
    """Counts who connects to it; refuses nobody."""

    def __init__(self) -> None:
        self.hits = 0
        self.socket = socket.create_server(("127.0.0.1", 0))
        self.port: int = self.socket.getsockname()[1]
        threading.Thread(target=self._serve, daemon=True).start()

    def _serve(self) -> None:
        while True:
            try:
                connection, _ = self.socket.accept()
            except OSError:
                return
            self.hits += 1
            connection.close()


@pytest.fixture
def server() -> Iterator[Server]:
    server = Server()
    yield server
    server.socket.shutdown(socket.SHUT_RDWR)
    server.socket.close()
