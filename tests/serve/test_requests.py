"""What is understood as a request, and what is refused."""

from __future__ import annotations

from pathlib import Path

import pytest

from teipipe.serve.delivery import MovedError, find, name_of
from teipipe.serve.requests import RefusedError, parsed


def request(line: str = "GET / HTTP/1.1", *headers: str) -> bytes:
    return "".join(f"{each}\r\n" for each in (line, *(headers or ("Host: localhost",)), "")).encode("latin-1")


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost:8000", "LOCALHOST", "[::1]:9", "127.0.0.1:65535"])
def test_names_of_this_machine(host: str) -> None:
    assert parsed(request("GET / HTTP/1.0", f"host: {host} ")).path == (b"",)


@pytest.mark.parametrize(
    "host",
    ["example.org", "example.org:8000", "127.0.0.1.example.org", "localhost.", "localhost@x", "", "127.1", "0", "::1"],
)
def test_other_names(host: str) -> None:
    with pytest.raises(RefusedError, match="421"):
        parsed(request("GET / HTTP/1.1", f"Host: {host}"))


@pytest.mark.parametrize(
    "head",
    [
        request("GET http://localhost/ HTTP/1.1"),
        request("GET * HTTP/1.1"),
        request("GET  / HTTP/1.1"),
        request("GET / HTTP/2.0"),
        request("GET /\xe9 HTTP/1.1"),
        request(f"GET /?{'&'.join('abcdefghijklmnopqrstu')} HTTP/1.1"),
        request("get / HTTP/1.1"),
        request("GET /"),
        request("GET / HTTP/1.1", "Host: localhost", "Host: localhost"),
        request("GET / HTTP/1.1", "Accept: x"),
        request("GET / HTTP/1.1", "Host: localhost", "Host"),
        request("GET / HTTP/1.1", "Host: localhost", " folded: x"),
        request("GET / HTTP/1.1", "Host : localhost"),
        request("GET / HTTP/1.1", "Host: localhost", "X: \0"),
        request("GET / HTTP/1.1", "Host: localhost", "X: a\nHost: b"),
        b"\r\n\r\n",
        b"\x16\x03\x01\x02\r\n\r\n",
    ],
)
def test_what_is_no_request(head: bytes) -> None:
    with pytest.raises(RefusedError, match="400"):
        parsed(head)


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "OPTIONS", "CONNECT", "TRACE"])
def test_other_methods(method: str) -> None:
    with pytest.raises(RefusedError, match="405") as caught:
        parsed(request(f"{method} / HTTP/1.1"))
    assert caught.value.headers == {"Allow": "GET, HEAD"}


@pytest.fixture
def output(tmp_path: Path) -> Path:
    folder = tmp_path / "output"
    (folder / "a" / "deep").mkdir(parents=True)
    (folder / "empty").mkdir()
    (folder / "index.html").write_text("first")
    (folder / "a" / "index.html").write_text("a")
    (folder / "é ä.txt").write_text("letters")
    (folder / ".hidden").write_text("no")
    (tmp_path / "outside").mkdir()
    (tmp_path / "outside" / "secret.txt").write_text("secret")
    (folder / "link.txt").symlink_to(tmp_path / "outside" / "secret.txt")
    (folder / "inner.txt").symlink_to("index.html")
    (folder / "linked").symlink_to(tmp_path / "outside")
    return folder


@pytest.mark.parametrize(
    ("path", "text"),
    [(b"", "first"), (b"index.html", "first"), (b"a/", "a"), (b"a/index.html", "a"), ("é ä.txt".encode(), "letters")],
)
def test_what_may_be_seen(output: Path, path: bytes, text: str) -> None:
    found = find(output, path.split(b"/"))
    assert found is not None
    with found.file as file:
        assert file.read() == text.encode()
    assert found.size == len(text)
    assert found.name == name_of(path.split(b"/"))


@pytest.mark.parametrize(
    "path",
    [
        b"none",
        b"a/none",
        b"empty/",
        b"index.html/",
        b"index.html/x",
        b"../outside/secret.txt",
        b"a/../../outside/secret.txt",
        b"./index.html",
        b"a/./index.html",
        b"a//index.html",
        b"/etc/passwd",
        b".hidden",
        b".teipipe.lock",
        b"link.txt",
        b"inner.txt",
        b"linked/secret.txt",
        b"linked/",
        b"a\0",
        b"\xff",
        b"x" * 300,
        b"a/" * 5000,
        b"..%2foutside",
    ],
)
def test_what_may_not(output: Path, path: bytes) -> None:
    assert find(output, path.split(b"/")) is None


def test_a_slash_is_inside_a_name(output: Path) -> None:
    assert find(output, (b"a/index.html",)) is None
    assert find(output, (b"../outside/secret.txt",)) is None


def test_a_folder_without_its_slash(output: Path) -> None:
    with pytest.raises(MovedError):
        find(output, (b"a",))


def test_there_is_no_output(tmp_path: Path) -> None:
    assert find(tmp_path / "none", (b"",)) is None
