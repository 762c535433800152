"""What goes between a process and its workers: a length, then one pickled value of a few known kinds."""

from __future__ import annotations

import io
import os
import pickle
import struct
from dataclasses import dataclass
from typing import Any, Final

from teipipe.errors import TeipipeError

_LENGTH: Final = struct.Struct(">Q")

#: What an answer may be made of: a worker has run somebody's document, so nothing else of what it sends is unpickled.
_ALLOWED: Final = frozenset(
    {
        ("pathlib", "PosixPath"),
        ("pathlib._local", "PosixPath"),  # the same, from Python 3.13 on
        ("teipipe.books.jobs", "Bound"),
        ("teipipe.books.jobs", "Text"),
        ("teipipe.build.channel", "Answer"),
        ("teipipe.build.checks", "Checked"),
        ("teipipe.build.checks", "Learned"),
        ("teipipe.build.jobs", "Made"),
        ("teipipe.build.jobs", "Page"),
        ("teipipe.deposit.jobs", "Described"),
        ("teipipe.diagnostics", "Diagnostic"),
        ("teipipe.diagnostics", "Location"),
        ("teipipe.diagnostics", "Severity"),
        ("teipipe.editions.renderer", "Artefact"),
        ("teipipe.editions.renderer", "Edition"),
        ("teipipe.encode.blocks", "Block"),
        ("teipipe.encode.blocks", "Label"),
        ("teipipe.encode.blocks", "Span"),
        ("teipipe.encode.blocks", "Structure"),
        ("teipipe.encode.decisions", "Candidate"),
        ("teipipe.encode.decisions", "Certainty"),
        ("teipipe.encode.decisions", "Decision"),
        ("teipipe.encode.encoder", "Encoding"),
        ("teipipe.encode.transcript", "Transcript"),
        ("teipipe.gates.suppressions", "Suppression"),
        ("teipipe.saxon", "Message"),
        ("teipipe.transcriptions.marks", "Mark"),
        ("teipipe.validate.opening", "Language"),
        ("teipipe.validate.run", "Judgement"),
        ("teipipe.validate.summary", "Summary"),
        ("teipipe.verdict", "UsedSchema"),
    }
)


@dataclass(frozen=True, slots=True)
class Answer:
    """What became of a job: its result, or the error that it raised, or the trace of a bug."""

    value: object = None
    error: TeipipeError | None = None
    bug: str = ""


def send(descriptor: int, value: object) -> None:
    """Write one value; OSError if nobody reads."""
    data = pickle.dumps(value, protocol=pickle.HIGHEST_PROTOCOL)
    view = memoryview(_LENGTH.pack(len(data)) + data)
    while view:
        view = view[os.write(descriptor, view) :]


def receive(descriptor: int) -> Any:
    """The next value from the build itself, unpickled as it is; EOFError when the build is gone."""
    length = _LENGTH.unpack(_exactly(descriptor, _LENGTH.size))[0]
    return pickle.loads(_exactly(descriptor, length))


def _exactly(descriptor: int, length: int) -> bytes:
    data = bytearray()
    while len(data) < length:
        chunk = os.read(descriptor, min(length - len(data), 1 << 20))
        if not chunk:
            raise EOFError
        data += chunk
    return bytes(data)


class Inbox:
    """Collects the bytes of one worker until they make an answer."""

    def __init__(self) -> None:
        self._data = bytearray()

    def feed(self, data: bytes) -> Answer | None:
        """Add `data`; the answer if it is complete now."""
        self._data += data
        if len(self._data) < _LENGTH.size:
            return None
        end = _LENGTH.size + int(_LENGTH.unpack_from(self._data)[0])
        if len(self._data) < end:
            return None
        answer = _Careful(io.BytesIO(bytes(self._data[_LENGTH.size : end]))).load()
        del self._data[:end]
        if not isinstance(answer, Answer):
            raise pickle.UnpicklingError("a worker sent something that is no answer")
        return answer


class _Careful(pickle.Unpickler):
    def find_class(self, module: str, name: str) -> Any:
        if (module, name) not in _ALLOWED and module != "teipipe.errors":
            raise pickle.UnpicklingError(f"a worker sent a {module}.{name}")
        return super().find_class(module, name)
