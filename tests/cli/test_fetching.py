"""Schemas on the web: never fetched in silence, kept once they are, and nothing but http and https is followed."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from typing import Any

import pytest

SCHEMA = b"""<grammar xmlns="http://relaxng.org/ns/structure/1.0">
<start><element name="letter"><text/></element></start>
</grammar>"""


class Web(HTTPServer):
    """Serves /letter.rng, a redirection to a file of this machine, and nothing else; remembers what it was asked."""

    def __init__(self, secret: Path) -> None:
        self.asked: list[str] = []
        self.secret = secret
        super().__init__(("127.0.0.1", 0), Handler)

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.server_address[1]}"


class Handler(BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        web = self.server
        assert isinstance(web, Web)
        web.asked.append(self.path)
        if self.path == "/letter.rng":
            self.send_response(200)
            self.end_headers()
            self.wfile.write(SCHEMA)
        elif self.path == "/elsewhere.rng":
            self.send_response(302)
            self.send_header("Location", web.secret.as_uri())
            self.end_headers()
        else:
            self.send_error(404)

    def log_message(self, format: str, *arguments: Any) -> None:
        pass


@pytest.fixture
def web(tmp_path: Path) -> Iterator[Web]:
    (tmp_path / "secret.rng").write_bytes(SCHEMA)
    server = Web(tmp_path / "secret.rng")
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05})
    thread.start()
    yield server
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "project").mkdir()
    (tmp_path / "project" / "teipipe.toml").write_text('documents = ["*.xml"]\n')
    return tmp_path / "project"


def document(folder: Path, address: str) -> None:
    (folder / "a.xml").write_text(f'<?xml-model href="{address}"?>\n<letter><p/></letter>\n')


def test_it_is_fetched_when_asked_for_and_kept(web: Web, folder: Path, teipipe: Any) -> None:
    document(folder, f"{web.address}/letter.rng")
    environment = {"TEIPIPE_CACHE": str(folder.parent / "cache")}

    def validate(*options: str) -> Any:
        return teipipe("validate", "--format", "lines", *options, cwd=folder, environment=environment)

    before = validate()
    assert web.asked == []
    assert "a.xml:1:1: warning[schema-not-fetched]" in before.stdout
    fetched = validate("--fetch")
    assert web.asked == ["/letter.rng"]
    assert f"fetched {web.address}/letter.rng\n" in fetched.stderr
    for result in (fetched, validate(), validate("--workers", "1")):
        assert result.stdout.startswith("a.xml:2:9: error[unexpected-element] “p”"), result.stdout
        assert f"schema: {web.address}/letter.rng (RELAX NG, sha256:" in result.stderr
        assert result.returncode == 1
    assert web.asked == ["/letter.rng"]


@pytest.mark.parametrize("name", ["gone.rng", "elsewhere.rng"])
def test_what_cannot_be_had_is_said(web: Web, folder: Path, teipipe: Any, name: str) -> None:
    document(folder, f"{web.address}/{name}")
    cache = folder.parent / "cache"
    result = teipipe("validate", "--fetch", cwd=folder, environment={"TEIPIPE_CACHE": str(cache)})
    assert result.returncode == 2
    assert f"teipipe: error: {web.address}/{name} can't be fetched: " in result.stderr
    assert not list(cache.rglob("*.rng"))


def test_without_a_folder_for_caches(web: Web, folder: Path, teipipe: Any) -> None:
    document(folder, f"{web.address}/letter.rng")
    result = teipipe("validate", "--fetch", cwd=folder, environment={"TEIPIPE_CACHE": ""})
    assert result.returncode == 2
    assert "there is no folder to keep fetched schemas in" in result.stderr
    assert web.asked == []
