"""The server as a process: builds on every change, tells open pages, stays unharmed, ends at once."""

from __future__ import annotations

import os
import re
import signal
import socket
import subprocess
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from tests.serve.running import Running, answer_of

from teipipe.files import OutputFolder

Serve = Callable[..., Running]

WORDS = "<p>Words of a.</p>"


def outdated(told: dict[str, Any]) -> bool:
    return bool(told["outdated"])


def findings(told: dict[str, Any]) -> list[str]:
    return [f"{found['rule']} {found['here']}" for found in told["state"]["findings"]]


def replace(path: Path, old: str, new: str) -> None:
    text = path.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new), "utf-8")


def test_a_page_is_made_anew(project: Path, serve: Serve) -> None:
    server = serve(project)
    on_disk = (project / "build" / "a" / "index.html").read_bytes()
    page = server.get("/a/")
    assert (page.status, "Words of a." in page.text) == (200, True)
    assert b"serve.js" not in on_disk
    events, other = server.events("/a/"), server.events("/b/")
    assert not events.wait(lambda told: True)["outdated"]
    replace(project / "a.xml", "Words of a.", "New words of a.")
    events.wait(outdated)
    assert "New words of a." in server.get("/a/").text
    told = other.wait(lambda told: told["state"]["builds"] == 2 and not told["state"]["checking"])
    assert not told["outdated"]
    status, said = server.end()
    assert status == 0
    assert re.search(r"^\d\d:\d\d:\d\d a\.xml: \d+ files in \d+\.\d\d s$", said, re.M), said
    assert said.endswith("\nteipipe: stopped\n")


def test_findings_are_told(project: Path, serve: Serve) -> None:
    server = serve(project)
    events, other = server.events("/a/"), server.events("/b/")
    events.wait(lambda told: not told["state"]["checking"] and not told["state"]["findings"])
    replace(project / "a.xml", WORDS, "<p>Words of a.<ref target='#none'>x</ref></p>")
    told = events.wait(lambda told: findings(told) == ["dangling-pointer True"])
    [found] = told["state"]["findings"]
    assert (found["severity"], found["place"][:6]) == ("error", "a.xml:")
    assert found["source"][1] == "#none"
    assert told["state"]["here"] == 1
    other.wait(lambda told: findings(told) == ["dangling-pointer False"])
    replace(project / "a.xml", "#none", "#a")
    events.wait(lambda told: not told["state"]["findings"])
    _, said = server.end()
    assert re.search(r"^[\d:]{8} a\.xml:1:\d+: error\[dangling-pointer\] ", said, re.M), said


def test_a_broken_document_keeps_its_page(project: Path, serve: Serve) -> None:
    server = serve(project)
    events = server.events("/a/")
    text = (project / "a.xml").read_text()
    (project / "a.xml").write_text(text[:-20])
    told = events.wait(lambda told: "not-well-formed True" in findings(told))
    assert not told["outdated"]
    assert "Words of a." in server.get("/a/").text
    (project / "a.xml").write_text(text.replace("Words", "Healed words"))
    events.wait(outdated)
    assert "Healed words of a." in server.get("/a/").text


def test_a_broken_configuration_keeps_everything(project: Path, serve: Serve) -> None:
    server = serve(project)
    events = server.events("/b/")
    text = (project / "teipipe.toml").read_text()
    (project / "teipipe.toml").write_text(text + "titel = 'x'\n")
    told = events.wait(lambda told: told["state"]["problems"])
    assert "unknown key “titel”" in told["state"]["problems"][0]["message"]
    assert told["state"]["problems"][0]["help"] == "did you mean “title”?"
    assert server.get("/b/").status == 200
    (project / "teipipe.toml").write_text(text + "title = 'Other'\n")
    events.wait(lambda told: not told["state"]["problems"] and not told["state"]["building"])
    status, said = server.end()
    assert (status, said.count("not built: teipipe.toml:4: unknown key “titel”")) == (0, 1)


def test_stylesheets_are_watched_too(project: Path, serve: Serve) -> None:
    server = serve(project)
    events = server.events("/a/")
    stylesheet = project / "xslt" / "html.xsl"
    old = stylesheet.read_text("utf-8")
    stylesheet.write_text(old.replace("</xsl:", "</broken:", 1), "utf-8")
    events.wait(lambda told: told["state"]["problems"] or told["state"]["findings"])
    assert "Words of a." in server.get("/a/").text
    stylesheet.write_text(old.replace("<body>", "<body class='new'>"), "utf-8")
    events.wait(outdated)


def rename_over(path: Path, text: str) -> None:
    beside = path.with_name(f".{path.name}.swp")
    beside.write_text(text)
    beside.rename(path)


def delete_and_create(path: Path, text: str) -> None:
    path.unlink()
    path.write_text(text)


def write_in_pieces(path: Path, text: str) -> None:
    with path.open("w") as file:
        for sign in text:
            file.write(sign)
            file.flush()


def backup_first(path: Path, text: str) -> None:
    path.rename(path.with_name(f"{path.name}~"))
    path.write_text(text)


@pytest.mark.parametrize("save", [rename_over, delete_and_create, write_in_pieces, backup_first])
def test_editors_save_in_odd_ways(save: Callable[[Path, str], None], project: Path, serve: Serve) -> None:
    server = serve(project)
    events = server.events("/a/")
    text = (project / "a.xml").read_text()
    save(project / "a.xml", text.replace("Words", "Saved words"))
    events.wait(outdated)
    server.events("/a/").wait(lambda told: told["state"]["counts"] == {} and not told["state"]["building"])
    assert "Saved words of a." in server.get("/a/").text


def test_documents_come_and_go(project: Path, tei: Any, serve: Serve) -> None:
    replace(project / "teipipe.toml", '["*.xml"]', '["**/*.xml"]')
    server = serve(project)
    events = server.events("/c/")
    (project / "new" / "deep").mkdir(parents=True)
    # The folder is known before the document comes.
    server.events("/a/").wait(lambda told: not told["state"]["building"])
    (project / "new" / "deep" / "c.xml").write_text(tei(xml_id="c"))
    events.wait(outdated)
    assert server.get("/c/").status == 200
    events = server.events("/c/")
    (project / "new" / "deep" / "c.xml").unlink()
    events.wait(outdated)
    assert server.get("/c/").status == 404


def test_very_many_at_once(project: Path, tei: Any, serve: Serve) -> None:
    server = serve(project)
    events = server.events("/x1499/")
    for number in range(1500):
        (project / f"other{number}.txt").write_text("no document")
    (project / "x1499.xml").write_text(tei(xml_id="x1499"))
    events.wait(outdated)
    assert server.get("/x1499/").status == 200


def test_the_folder_goes_and_comes_back(project: Path, serve: Serve) -> None:
    server = serve(project)
    events = server.events("/a/")
    project.rename(project.with_name("away"))
    # The server works in that folder, wherever it is; what it was started with still holds.
    replace(project.with_name("away") / "a.xml", "Words", "Moved words")
    project.with_name("away").rename(project)
    events.wait(outdated)
    assert "Moved words" in server.get("/a/").text


def test_polling(project: Path, serve: Serve) -> None:
    server = serve(project, "--port", "0", "--poll")
    events = server.events("/a/")
    replace(project / "a.xml", "Words", "New words")
    events.wait(outdated)


def test_what_is_delivered(project: Path, serve: Serve) -> None:
    server = serve(project)
    (project / "build" / "x.svg").write_text("<svg/>")
    (project / "build" / "x.unknown").write_text("x")
    for path, status, kind in [
        ("/", 200, "text/html; charset=utf-8"),
        ("/?q=%00", 200, "text/html; charset=utf-8"),
        ("/none", 404, "text/html; charset=utf-8"),
        ("/a/reading.txt", 200, "text/plain; charset=utf-8"),
        ("/a/a.xml", 200, "application/xml"),
        ("/x.svg", 200, "image/svg+xml"),
        ("/x.unknown", 200, "application/octet-stream"),
        ("/.teipipe/serve.js", 200, "text/javascript; charset=utf-8"),
        ("/.teipipe/serve.css", 200, "text/css; charset=utf-8"),
        ("/.teipipe/", 404, "text/html; charset=utf-8"),
        ("/manifest.json", 200, "application/json"),
    ]:
        got = server.get(path)
        assert (got.status, got.headers["content-type"]) == (status, kind), path
        assert got.headers["cache-control"] == "no-store"
        assert got.headers["x-content-type-options"] == "nosniff"
        assert int(got.headers["content-length"]) == len(got.body)
        head = server.get(path, method="HEAD")
        assert (head.status, head.headers, head.body) == (status, got.headers, b"")
    assert server.get("/a/a.xml").body == (project / "a.xml").read_bytes()
    assert "sandbox" in server.get("/a/a.xml").headers["content-security-policy"]
    assert "sandbox" in server.get("/x.svg").headers["content-security-policy"]
    moved = server.get("/a?x=1")
    assert (moved.status, moved.headers["location"]) == (307, "/a/?x=1")


def test_the_editions_own_page_for_what_is_not_there(project: Path, serve: Serve) -> None:
    server = serve(project)
    (project / "build" / "404.html").write_text("<head></head>lost")
    got = server.get("/none/at/all")
    assert (got.status, got.text.endswith("</head>lost"), "serve.js" in got.text) == (404, True, True)


def test_hostile_requests(project: Path, serve: Serve) -> None:
    (project / "secret.txt").write_text("secret")
    server = serve(project)
    (project / "build" / "out").symlink_to(project)
    (project / "build" / "secret.txt").symlink_to(project / "secret.txt")
    os.mkfifo(project / "build" / "pipe.txt")
    for path in (
        "/../secret.txt",
        "/%2e%2e/secret.txt",
        "/..%2fsecret.txt",
        "/a/%2e%2e/%2e%2e/secret.txt",
        "/%2fetc/passwd",
        "//etc/passwd",
        "/out/secret.txt",
        "/secret.txt",
        "/pipe.txt",
        "/a/index.html%00.txt",
        "/\\..\\secret.txt",
        "/" + "x/" * 4000,
        "/" + "x" * 5000,
        "/%",
        "/%zz",
        "/%ff",
    ):
        got = server.get(path)
        assert (got.status, "secret" in got.text) == (404, False), path
    assert server.get("/", host="evil.example").status == 421
    assert server.get("/" + "x" * 20_000).status == 431
    assert answer_of(server.raw(b"\x16\x03\x01\0\r\n\r\n")).status == 400
    posted = server.get("/", "Content-Length: 200000", method="POST")
    assert (posted.status, posted.headers["allow"]) == (405, "GET, HEAD")
    assert answer_of(server.raw(b"GET / HTTP/1.1\r\nHost: localhost\r\n\r\n" * 3)).status == 200
    assert server.get("//evil.example/a").status == 404
    assert server.get("/a").headers["location"] == "/a/"
    assert server.get("/").status == 200
    status, said = server.end()
    assert (status, "Traceback" in said) == (0, False), said


def test_broken_clients_do_no_harm(project: Path, serve: Serve) -> None:
    server = serve(project)
    streams = [server.events("/a/") for _ in range(100)]
    silent = [socket.create_connection(("127.0.0.1", server.port)) for _ in range(50)]
    for connection in silent[:25]:
        connection.sendall(b"GET / HTTP/1.1\r\nHo")
        connection.close()
    replace(project / "a.xml", "Words", "New words")
    for stream in streams:
        stream.wait(outdated)
    for stream in streams[:50]:
        stream.close()
    replace(project / "a.xml", "New words", "Newer words")
    server.events("/a/").wait(lambda told: told["state"]["builds"] >= 2 and not told["state"]["building"])
    assert server.get("/").status == 200
    for connection in silent[25:]:
        connection.close()
    start = time.monotonic()
    status, said = server.end()
    assert (status, "Traceback" in said) == (0, False), said
    assert time.monotonic() - start < 5


def test_a_port_that_is_taken(project: Path, serve: Serve) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        server = serve(project, "--port", str(port))
        _, said = server.process.communicate(timeout=60)
        assert server.process.returncode == 2
        assert said == (
            f"teipipe: error: port {port} can't be listened to: address already in use\n"
            "help: choose another one: --port N\n"
        )
    assert not (project / "build").exists()


def test_the_next_free_port(project: Path, serve: Serve) -> None:
    first = serve(project, "--jobs", "1")
    second = serve(project, "--jobs", "1", "--output", "other")
    assert first.port >= 8000
    assert second.port > first.port


def test_only_this_machine_is_served(project: Path, serve: Serve) -> None:
    server = serve(project)
    tables = Path(f"/proc/{server.process.pid}/net/tcp").read_text().splitlines()[1:]
    ours = [line.split()[1] for line in tables if line.split()[1].endswith(f":{server.port:04X}") and " 0A " in line]
    assert [place.partition(":")[0] for place in ours] == ["0100007F"]


@pytest.mark.parametrize("files", [{"teipipe.toml": "titel = 1"}, {"a.txt": "x"}, {"a.xml": "<TEI/>"}])
def test_what_can_not_be_served(files: dict[str, str], tmp_path: Path, serve: Serve) -> None:
    for name, text in files.items():
        (tmp_path / name).write_text(text)
    if "a.xml" in files:
        (tmp_path / "build").mkdir()
        (tmp_path / "build" / "mine.txt").write_text("x")
    server = serve(tmp_path)
    out, said = server.process.communicate(timeout=60)
    assert (server.process.returncode, out) == (2, "")
    assert said.startswith("teipipe: error: ")


def test_somebody_else_is_building(project: Path, serve: Serve) -> None:
    server = serve(project)
    events = server.events("/a/")
    with OutputFolder(project / "build"):
        replace(project / "a.xml", "Words", "New words")
        events.wait(lambda told: told["state"]["problems"])
    replace(project / "a.xml", "New words", "Newer words")
    events.wait(outdated)


def children(pid: int) -> set[int]:
    found = subprocess.run(["ps", "-eo", "pid=,ppid="], capture_output=True, text=True, check=True).stdout
    below = {pid}
    for _ in range(5):
        below |= {int(line.split()[0]) for line in found.splitlines() if int(line.split()[1]) in below}
    return below - {pid}


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
def test_it_ends_with_all_its_processes(number: int, project: Path, tei: Any, serve: Serve) -> None:
    server = serve(project)
    server.events("/a/")
    (project / "loop.xml").write_text(tei("<p>LOOP</p>", xml_id="loop"))  # takes for ever to render
    server.events("/a/").wait(lambda told: told["state"]["building"])
    processes = children(server.process.pid)
    assert processes
    start = time.monotonic()
    status, said = server.end(number)
    assert (status, said.endswith("\nteipipe: stopped\n")) == (0, True), said
    assert time.monotonic() - start < 5
    assert not {pid for pid in processes if Path(f"/proc/{pid}").exists()}
    assert not (project / "build" / ".teipipe.lock").exists()


def test_help_comes_without_what_serving_needs(teipipe: Any, tmp_path: Path) -> None:
    result = teipipe("serve", "--port", "x", cwd=tmp_path)
    assert (result.returncode, "invalid port value: 'x'" in result.stderr) == (2, True)
    result = teipipe("serve", "a", "--project", "b", cwd=tmp_path)
    assert (result.returncode, "both FOLDER and --project" in result.stderr) == (2, True)
