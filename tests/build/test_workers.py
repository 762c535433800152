"""Worker processes: what they may do, how they end, and what is believed of what they say."""

from __future__ import annotations

import os
import pickle
import signal
import struct
import subprocess
import sys
import time
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from teipipe.build.channel import Answer, Inbox
from teipipe.build.jobs import EditionJob, Setup
from teipipe.build.processes import Program
from teipipe.build.workers import Pool, WorkerDeathError, WorkerTimeoutError
from teipipe.editions import Corpus, Edition, Source
from teipipe.errors import StylesheetError, TeipipeError, WorkerError
from teipipe.project import Project

CORPUS = Corpus("Letters", "2026-01-01", "0", ())


@pytest.fixture
def setup(tmp_path: Path, small_stylesheets: Any) -> Setup:
    return Setup(small_stylesheets(tmp_path / "xslt"), "en", 200)


def rendering(setup: Setup, size: int, timeout: float = 20) -> Pool:
    return Pool(partial(Program, "worker", (setup, timeout), "/"), size, timeout=timeout, memory=setup.memory)


def job(words: str, tei: Any) -> EditionJob:
    return EditionJob(Source("letter", "letter.xml", tei(f"<p>{words}</p>"), "0"), CORPUS)


def test_outcomes(setup: Setup, tei: Any) -> None:
    jobs = [(words, job(words, tei)) for words in ("One", "LOOP", "Two", "MEMORY", "Three", "ERROR")]
    with rendering(setup, 2, 4) as pool:
        outcomes = {outcome.key: outcome for outcome in pool.run(jobs, shared=CORPUS)}
        later = [outcome.value for outcome in pool.run([("Four", job("Four", tei))], shared=CORPUS)]
    assert outcomes.keys() == dict(jobs).keys()
    assert isinstance(outcomes["LOOP"].error, WorkerTimeoutError)
    assert isinstance(outcomes["MEMORY"].error, WorkerDeathError)
    assert outcomes["MEMORY"].error.message == "it needed more than 200 megabytes of memory"
    for words in ("One", "Two", "Three", "ERROR"):
        edition = outcomes[words].value
        assert isinstance(edition, Edition)
        texts = {artefact.path: artefact.data.decode() for artefact in edition.artefacts}
        assert texts.get("letter/reading.txt") == (None if words == "ERROR" else f"reading\n{words}\n")
        assert bool(edition.failures) == (words == "ERROR")
    assert isinstance(later[0], Edition)


def test_jobs_that_share_nothing_after_some_that_do(setup: Setup, tei: Any) -> None:
    with rendering(setup, 1) as pool:
        for shared in (CORPUS, None, CORPUS):
            [outcome] = pool.run([("One", job("One", tei))], shared=shared)
            assert outcome.error is None


def test_a_worker_that_is_killed(setup: Setup, tei: Any) -> None:
    with rendering(setup, 1) as pool:
        next(pool.run([("One", job("One", tei))], shared=CORPUS))
        running = pool.run([("LOOP", job("LOOP", tei)), ("Two", job("Two", tei))], shared=CORPUS)
        os.kill(pool.pids[0], signal.SIGUSR1)
        outcomes = list(running)
    assert [outcome.key for outcome in outcomes] == ["LOOP", "Two"]
    assert "signal 10" in str(outcomes[0].error)
    assert outcomes[1].error is None


def test_a_worker_that_dies_between_two_runs(setup: Setup, tei: Any) -> None:
    with rendering(setup, 1) as pool:
        for words in ("One", "Two"):
            [outcome] = pool.run([(words, job(words, tei))], shared=CORPUS)
            assert (outcome.key, outcome.error) == (words, None)
            [idle] = pool.pids
            os.kill(idle, signal.SIGKILL)
            wait_for(partial(is_dead, idle))


def is_dead(pid: int) -> bool:
    """With all of its threads: before, its pipes may still be open."""
    return os.waitid(os.P_PID, pid, os.WEXITED | os.WNOWAIT | os.WNOHANG) is not None


def is_zombie(pid: int) -> bool:
    return "\tZ" in Path(f"/proc/{pid}/status").read_text()


def test_what_a_worker_has_and_may_do(setup: Setup, tei: Any) -> None:
    with rendering(setup, 1) as pool:
        next(pool.run([("One", job("One", tei))], shared=CORPUS))
        process = Path("/proc") / str(pool.pids[0])
        assert (process / "environ").read_bytes() == b"LC_ALL=C.UTF-8\0"
        assert (process / "cwd").readlink() == Path("/")
        assert {(process / "fd" / number).readlink() for number in "01"} == {Path("/dev/null")}
        limits = (process / "limits").read_text()
    assert f"Max data size             {200 << 20}" in limits
    assert "Max file size             16777216" in limits
    assert "Max core file size        0" in limits


def test_stylesheets_that_can_not_be_made_ready(tmp_path: Path, setup: Setup, tei: Any) -> None:
    (tmp_path / "xslt" / "labels" / "en.xml").write_text("<labels")
    with pytest.raises(TeipipeError, match=r"en\.xml: can't be read"), rendering(setup, 2) as pool:
        list(pool.run([("One", job("One", tei))], shared=CORPUS))


def test_too_little_memory_to_start(tmp_path: Path, tei: Any) -> None:
    with pytest.raises(WorkerError, match="can't be made ready"), rendering(Setup(None, "en", 1), 1) as pool:
        list(pool.run([("One", job("One", tei))], shared=CORPUS))


def test_no_process_is_left_when_the_build_is_killed(tmp_path: Path, tei: Any, small_stylesheets: Any) -> None:
    small_stylesheets(tmp_path / "xslt")
    (tmp_path / "teipipe.toml").write_text('stylesheets = "xslt"\ntimeout = 0.4', encoding="utf-8")
    (tmp_path / "loop.xml").write_text(tei("<p>LOOP</p>"), encoding="utf-8")
    build = subprocess.Popen([sys.executable, "-m", "teipipe", "build", "-q"], cwd=tmp_path, stderr=subprocess.DEVNULL)
    worker = wait_for(lambda: children(build.pid))[0]
    time.sleep(0.3)
    build.kill()
    build.wait()
    wait_for(lambda: not Path(f"/proc/{worker}").exists() or is_zombie(worker))


def children(pid: int) -> list[int]:
    try:
        return [int(child) for child in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]
    except FileNotFoundError:
        return []


def wait_for(condition: Any, seconds: float = 20) -> Any:
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if found := condition():
            return found
        time.sleep(0.02)
    raise AssertionError("waited in vain")


def framed(data: bytes) -> bytes:
    return struct.pack(">Q", len(data)) + data


def test_answers_arrive_in_pieces() -> None:
    inbox = Inbox()
    answer = Answer("value", StylesheetError("no", path=Path("x.xsl:1:2"), help="mend it"))
    data = framed(pickle.dumps(answer)) * 2
    answers = [found for byte in data if (found := inbox.feed(bytes([byte])))]
    assert [found.value for found in answers] == ["value", "value"]
    error = answers[0].error
    assert error is not None
    assert (error.message, error.path, error.help) == ("no", Path("x.xsl:1:2"), "mend it")


@pytest.mark.parametrize("value", [os.system, subprocess.Popen, Project, print], ids=str)
def test_a_worker_is_not_believed(value: Any) -> None:
    with pytest.raises(pickle.UnpicklingError):
        Inbox().feed(framed(pickle.dumps(Answer(value))))


def test_an_answer_is_an_answer() -> None:
    with pytest.raises(pickle.UnpicklingError):
        Inbox().feed(framed(pickle.dumps(["list"])))
