"""Files that are broken or mean harm: one finding each, at its place, and nothing read that was not named."""

from __future__ import annotations

import gzip
from collections.abc import Iterator
from pathlib import Path
from stat import S_IFREG
from unittest import mock

import pytest

from teipipe.documents import Document, NotParsedError, read_bytes
from teipipe.errors import UnreadableError

CANARY = "canary-7f3a"


def found(raw: bytes) -> str:
    document = Document(Path("d.xml"), raw)
    if not document.problems:
        return ""
    (problem,) = document.problems
    with pytest.raises(NotParsedError):
        document.tree  # noqa: B018 (asking is what raises)
    return f"{problem.location.line}:{problem.location.column} {problem.rule}: {problem.message}"


@pytest.mark.parametrize(
    ("raw", "expected"),
    [
        (b"", "1:1 not-well-formed: the file is empty"),
        (b" \n ", "1:1 not-well-formed: the file is empty"),
        (b"Top Secret", "1:1 not-well-formed: the file does not begin with a tag: it is not XML"),
        (b"<!-- x -->", "1:11 not-well-formed: the file ends without any element"),
        (b"<p>\n<q></p>", "2:4 not-well-formed: “</p>” stands where “</q>” is due"),
        (b"<p>\n<q>", "2:4 not-well-formed: the file ends, but “q” is still open"),
        (b"<p>\n<q n='", "2:1 not-well-formed: the file ends inside this tag or comment"),
        (b"<p>\n<!-- ", "2:1 not-well-formed: the file ends inside this tag or comment"),
        (b"<p><![CDATA[ ", "1:4 not-well-formed: a CDATA section that is never closed"),
        (b"<p>AT&T</p>", "1:6 not-well-formed: an “&” that begins no entity: “&T</p>”"),
        (b"<p>x & y</p>", "1:6 not-well-formed: an “&” that begins no entity: “&”"),
        (b"<p>1 < 2</p>", "1:6 not-well-formed: a “<” that begins no tag"),
        (b"<p n='a<b'/>", "1:8 not-well-formed: a “<” inside a tag"),
        (b"<p n=1/>", "1:6 not-well-formed: the value of an attribute stands without quotation marks"),
        (b"<p n='1' n='2'/>", "1:10 not-well-formed: the attribute “n” stands here a second time"),
        (b"<p/><q/>", "1:5 not-well-formed: something follows the end of the outermost element"),
        (b"<p>]]></p>", "1:4 not-well-formed: “]]>” may not stand in text"),
        (b"<p><!-- a -- b --></p>", "1:11 not-well-formed: “--” may not stand inside a comment"),
        (b"<p>&#0;</p>", "1:4 not-well-formed: “&#0;” is a character that XML doesn't allow"),
        (b"<p>&#xD800;</p>", "1:4 not-well-formed: “&#xD800;” is a character that XML doesn't allow"),
        (b" <?xml version='1.0'?><p/>", "1:2 not-well-formed: the XML declaration is not at the very beginning"),
        (b"<p><x:q/></p>", "1:4 not-well-formed: the prefix “x” is not declared"),
        (b"<p><q x:n='1'/></p>", "1:4 not-well-formed: the prefix “x” is not declared"),
        ("<p><ꜱ/></p>".encode(), "1:5 not-well-formed: “ꜱ” (U+A731) can't stand here"),
        (b"<p>a\x00b</p>", "1:5 not-well-formed: the character U+0000 is not allowed in XML"),
        ("<p>a\n\ufffe</p>".encode(), "2:1 not-well-formed: the character U+FFFE is not allowed in XML"),
        (b"<p>\n&eacute;</p>", "2:1 undefined-entity: the entity “eacute” is not declared"),
        (b"<p n='a&eacute;'/>", "1:8 undefined-entity: the entity “eacute” is not declared"),
        (
            b"<!DOCTYPE p [<!ENTITY a '&b;'><!ENTITY b '&a;'>]><p>&a;</p>",
            "1:53 circular-entity: the entity “a” contains itself",
        ),
        (
            b"<!DOCTYPE p [<!ENTITY a '&b;'><!ENTITY b '&a;'>]><p n='&amp; &a;'/>",
            "1:62 circular-entity: the entity “a” contains itself",
        ),
        (
            b"<!DOCTYPE p [<!ENTITY a 'x'>]><p n='&a; &lt; &b;'/>",
            "1:46 undefined-entity: the entity “b” is not declared",
        ),
        (
            b"<!DOCTYPE p [<!ENTITY % d \"<!ENTITY e 'x'>\">%d;]><p>&e;</p>",
            "1:14 parameter-entity: the parameter entity “d” is declared",
        ),
        (gzip.compress(b"<p/>", mtime=0), "1:1 wrong-encoding: the file is compressed (gzip)"),
        (b"PK\x03\x04", "1:1 wrong-encoding: the file is a zip archive (a .docx or .odt is one, too)"),
        (b"%PDF-1.7", "1:1 wrong-encoding: the file is a PDF"),
        ("<p/>".encode("utf-32"), "1:1 wrong-encoding: the file is in UTF-32, which is not read"),
        ("<p/>".encode("utf-32-be"), "1:1 wrong-encoding: the file is in UTF-32, which is not read"),
        ("<?xml version='1.0'?><p/>".encode("cp500"), "1:1 wrong-encoding: the file is in EBCDIC, which is not read"),
        (b"<p>\nCafe \xe9t\xe9</p>", "2:6 wrong-encoding: the byte 0xE9 is not UTF-8; in Windows-1252 it would be “é”"),
        (
            "<p>é\n".encode() + b"\x92</p>",
            "2:1 wrong-encoding: the byte 0x92 is not UTF-8; in Windows-1252 it would be “’”",
        ),
        (b"<p>\xc0\xaf</p>", "1:4 wrong-encoding: the byte 0xC0 is not UTF-8; in Windows-1252 it would be “À”"),
        (b"<p>\xed\xa0\x80</p>", "1:4 wrong-encoding: the byte 0xED is not UTF-8; in Windows-1252 it would be “í”"),
        (b"<p>\xe2\x80", "1:4 wrong-encoding: the byte 0xE2 is not UTF-8; in Windows-1252 it would be “â”"),
        (
            b"<?xml version='1.0' encoding='us-ascii'?><p>\xe9</p>",
            "1:45 wrong-encoding: the byte 0xE9 is not US-ASCII",
        ),
        (
            b"<?xml version='1.0' encoding='UTF-7'?><p>+AOk-</p>",
            "1:1 wrong-encoding: the declared encoding “utf-7” is not read",
        ),
        (
            b"<?xml version='1.0' encoding='Shift_JIS'?><p/>",
            "1:1 wrong-encoding: the declared encoding “shift_jis” is not read",
        ),
        (
            b"\xef\xbb\xbf<?xml version='1.0' encoding='ISO-8859-1'?><p/>",
            "1:1 wrong-encoding: the first bytes say UTF-8, the declaration “iso-8859-1”",
        ),
        (
            "<?xml version='1.0' encoding='utf-8'?><p/>".encode("utf-16"),
            "1:1 wrong-encoding: the first bytes say UTF-16-LE, the declaration “utf-8”",
        ),
        (
            b"\xfe\xff" + "<?xml version='1.0' encoding='utf-16le'?><p/>".encode("utf-16-be"),
            "1:1 wrong-encoding: the first bytes say UTF-16-BE, the declaration “utf-16le”",
        ),
        (
            b"<?xml version='1.0' encoding='utf-16'?><p/>",
            "1:1 wrong-encoding: the declaration says “utf-16”, the bytes are not UTF-16",
        ),
        (
            b"<?xml version='1.1'?><p>&#1;</p>",
            "1:1 unsupported-xml-version: the file declares XML 1.1; only XML 1.0 is read",
        ),
        (b"<p>" * 251 + b"</p>" * 251, "1:751 limit-exceeded: elements are nested more than 250 deep"),
        (
            b"<p " + b" ".join(b"a%d='1'" % n for n in range(201)) + b"/>",
            "1:1 limit-exceeded: one element has more than 200 attributes",
        ),
        (b"<" + b"p" * 1001 + b"/>", "1:1 limit-exceeded: a name is longer than 1000 characters"),
    ],
)
def test_one_finding_at_its_place(raw: bytes, expected: str) -> None:
    assert found(raw) == expected


@pytest.mark.parametrize(
    "raw",
    [
        b"<p>" * 250 + b"</p>" * 250,
        b"<?xml version='1.0' encoding='ISO-8859-1'?><p>\xe9</p>",
        "<p>é</p>".encode("utf-8-sig"),
        b"<!DOCTYPE p [<!ENTITY e 'x'>]><p>&e;</p>",
        b"<!DOCTYPE p [<!ENTITY e SYSTEM 'unused.xml'>]><p/>",
        b"<!DOCTYPE p SYSTEM 'p.dtd'><p/>",
        b"<p xml:id='1 2'><q xml:id='a'/><r xml:id='a'/></p>",
        b"<p>" + b"x" * 11_000_000 + b"</p>",
        b"<!DOCTYPE p [<!ENTITY m '-'>]><p>" + b"&m;" * 3000 + b"</p>",
    ],
)
def test_what_is_unusual_but_well_formed(raw: bytes) -> None:
    document = Document(Path("d.xml"), raw)
    assert document.problems == []
    assert document.root is not None


def test_the_start_tag_that_is_still_open_is_shown() -> None:
    (problem,) = Document(Path("d.xml"), b"<r>\n <hi>x</r>").problems
    assert [(place.line, place.column, remark) for place, remark in problem.related] == [(2, 2, "“hi” begins here")]


def test_an_entity_bomb_is_refused_quickly() -> None:
    entities = "".join(f"<!ENTITY e{n} '{f'&e{n - 1};' * 10 if n else 'x' * 10}'>" for n in range(12))
    assert found(f"<!DOCTYPE p [{entities}]><p>&e11;</p>".encode()).startswith("1:")
    document = Document(Path("d.xml"), f"<!DOCTYPE p [{entities}]><p>&e11;</p>".encode())
    assert document.problems[0].rule == "entity-bomb"


def canaries(folder: Path) -> Iterator[bytes]:
    text, dtd = folder / "canary.txt", folder / "canary.dtd"
    text.write_text(CANARY)
    dtd.write_text(f"<!ENTITY e '{CANARY}'><!ATTLIST p d CDATA '{CANARY}'>")
    for uri in (text.as_uri(), str(text), "canary.txt"):
        yield f"<!DOCTYPE p [<!ENTITY e SYSTEM '{uri}'>]><p>&e;</p>".encode()
        yield f"<!DOCTYPE p [<!ENTITY e SYSTEM '{uri}'>]><p n='&e;'/>".encode()
        yield f"<!DOCTYPE p [<!ENTITY e SYSTEM '{uri}'><!ENTITY f '&e;'>]><p>&f;</p>".encode()
    for uri in (dtd.as_uri(), str(dtd), "canary.dtd"):
        for identifier in (f"SYSTEM '{uri}'", f'PUBLIC "-//x"\n"{uri}"'):
            yield f"<!DOCTYPE p {identifier}><p>&e;</p>".encode()
            yield f"<!DOCTYPE p {identifier}><p n='&e;'/>".encode()
            yield f"<!-- <!DOCTYPE p> --><?x y?>\n<!DOCTYPE p {identifier} []><p/>".encode()
        yield f"<!DOCTYPE p [<!ENTITY % d SYSTEM '{uri}'>%d;]><p>&e;</p>".encode()
        yield f"<!DOCTYPE p [<!ENTITY % d SYSTEM '{uri}'>%d;]><p/>".encode()


def test_no_file_is_read_that_was_not_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from lxml import etree

    monkeypatch.chdir(tmp_path)
    for raw in canaries(tmp_path):
        document = Document(Path("d.xml"), raw)
        told = " ".join(f"{problem.message} {problem.help}" for problem in document.problems)
        tree = etree.tostring(document.tree, encoding="unicode") if document.is_well_formed else ""
        assert CANARY not in told + tree, raw
        assert document.is_well_formed == raw.endswith(b"<p/>") or b"%d" in raw, raw


class TestReading:
    def test_a_folder(self, tmp_path: Path) -> None:
        with pytest.raises(UnreadableError, match="is a folder, not a file"):
            Document.read(tmp_path)

    def test_a_missing_file(self, tmp_path: Path) -> None:
        with pytest.raises(UnreadableError, match="no such file"):
            Document.read(tmp_path / "none.xml")

    def test_a_file_without_permission(self, tmp_path: Path) -> None:
        file = tmp_path / "d.xml"
        file.write_bytes(b"<p/>")
        with (
            mock.patch.object(Path, "open", side_effect=PermissionError),
            pytest.raises(UnreadableError, match="no perm"),
        ):
            Document.read(file)

    def test_a_device(self) -> None:
        with pytest.raises(UnreadableError, match="is no ordinary file"):
            read_bytes(Path("/dev/null"))

    def test_a_file_over_the_limit(self, tmp_path: Path) -> None:
        (tmp_path / "d.xml").write_bytes(b"x" * 11)
        with pytest.raises(UnreadableError, match="larger than 10 bytes"):
            read_bytes(tmp_path / "d.xml", 10)

    @pytest.mark.parametrize("size", [0, 3, 30])
    def test_a_file_whose_size_is_another_by_now(self, tmp_path: Path, size: int) -> None:
        file = tmp_path / "d.xml"
        file.write_bytes(b"0123456789")
        status = mock.Mock(st_mode=S_IFREG, st_size=size)
        with mock.patch.object(Path, "stat", return_value=status):
            assert read_bytes(file, 10) == b"0123456789"
            with pytest.raises(UnreadableError, match="larger than 9 bytes"):
                read_bytes(file, 9)

    def test_it_is_shown_as_the_user_named_it(self, tmp_path: Path) -> None:
        (tmp_path / "d.xml").write_bytes(b"<p>")
        document = Document.read(tmp_path / "d.xml", shown_as=Path("tei/d.xml"))
        assert str(document.problems[0].location) == "tei/d.xml:1:4"
