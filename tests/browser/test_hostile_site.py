"""A project that tries whatever a document may hold to make a reader's browser run, load or leave: nothing happens."""

from __future__ import annotations

import subprocess
import sys
import threading
from collections.abc import Iterator
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import quote, urlsplit

import html5lib
import pytest
from playwright.sync_api import Browser, Dialog, expect

pytestmark = pytest.mark.browser

RUN = "window.pwned=1;alert(1)"
MARKUP = f"&lt;img src=x onerror='{RUN}'&gt;&lt;/script&gt;&lt;script&gt;{RUN}&lt;/script&gt;"
QUOTES = f"&quot; onmouseover=&quot;{RUN}&quot; onfocus='{RUN}' autofocus=&quot;"
ELSEWHERE = "https://elsewhere.example"

#: Targets that no page may lead to, in all the ways in which browsers understand them.
TARGETS = (
    f"javascript:{RUN}",
    f"JaVaScRiPt:{RUN}",
    f"java&#9;script:{RUN}",
    f"&#x20;javascript:{RUN}",
    f"javascript&#x3a;{RUN}",
    f"vbscript:{RUN}",
    f"data:text/html,&lt;script&gt;{RUN}&lt;/script&gt;",
    f"data:image/svg+xml,&lt;svg onload='{RUN}'/&gt;",
    "blob:https://elsewhere.example/1",
    "file:///etc/passwd",
)

REFERENCES = "".join(
    f'<p><ref target="{target}">a link</ref> <ptr target="{target}"/> <graphic url="{target}"/>'
    f'<persName ref="{target}">X</persName> <quote source="{target}">Y</quote></p>'
    for target in TARGETS
)

DOCUMENT = f"""<?xml version="1.0"?>
<?xml-stylesheet href="{ELSEWHERE}/evil.xsl" type="text/xsl"?>
<TEI xmlns="http://www.tei-c.org/ns/1.0" xml:id="hostile" xml:base="{ELSEWHERE}/" xml:lang="en">
<teiHeader><fileDesc><titleStmt><title>A {MARKUP} title</title><author>{MARKUP}</author></titleStmt>
<publicationStmt><p>{MARKUP}</p></publicationStmt><sourceDesc><p>{MARKUP}</p></sourceDesc></fileDesc>
<profileDesc><creation><date when="1956-09-16">{MARKUP}</date></creation>
<textClass><keywords><term type="genre">{MARKUP}</term></keywords></textClass></profileDesc></teiHeader>
<text><body><div n="{QUOTES}"><head>Needle {MARKUP}</head>
{REFERENCES}
<p xml:lang="{QUOTES}" rend="{QUOTES}" style="background:url({ELSEWHERE}/a.png)">style</p>
<p><graphic url="{ELSEWHERE}/tracker.png"/><graphic url="//elsewhere.example/tracker.png"/>
<graphic url="evil.svg"/><graphic url="../../../etc/passwd"/></p>
<p><date when="{QUOTES}">then</date> <date when="1956" cert="{QUOTES}">then</date></p>
<p>words<note n="{QUOTES}" resp="{QUOTES}">{MARKUP}</note> <choice><sic>{MARKUP}</sic><corr>{MARKUP}</corr></choice>
<supplied reason="{QUOTES}" resp="{QUOTES}">{MARKUP}</supplied>
<gap reason="{QUOTES}" unit="{QUOTES}" quantity="3"/></p>
<sp who="register.xml#hostile-person" n="{QUOTES}"><speaker>{MARKUP}</speaker><p>{MARKUP}</p></sp>
<p><persName ref="register.xml#hostile-person">Needle</persName> {MARKUP}</p>
<figure xmlns:svg="http://www.w3.org/2000/svg"><svg:svg onload="{RUN}"><svg:script>{RUN}</svg:script></svg:svg></figure>
<p><html:script xmlns:html="http://www.w3.org/1999/xhtml">{RUN}</html:script></p>
</div></body></text></TEI>
"""

REGISTER = f"""<?xml version="1.0"?>
<TEI xmlns="http://www.tei-c.org/ns/1.0" xml:id="register"><teiHeader><fileDesc>
<titleStmt><title>{MARKUP}</title></titleStmt><publicationStmt><p/></publicationStmt><sourceDesc><p/></sourceDesc>
</fileDesc></teiHeader><standOff><listPerson><person xml:id="hostile-person" type="{QUOTES}">
<persName type="preferred">Needle {MARKUP}</persName><persName>{QUOTES}</persName>
<note type="description">{MARKUP} <ref target="javascript:{RUN}">x</ref></note>
<idno type="{QUOTES}">javascript:{RUN}</idno><birth when="{QUOTES}"/></person></listPerson>
<listPlace><place xml:id="hostile-place"><placeName>{MARKUP}</placeName>
<location><geo>{MARKUP}</geo></location></place></listPlace>
<listEvent><event xml:id="hostile-event" when="1956"><label>{MARKUP}</label></event></listEvent></standOff></TEI>
"""


class _Quiet(SimpleHTTPRequestHandler):
    def log_message(self, format: str, *args: object) -> None:
        pass


@pytest.fixture(scope="module")
def hostile(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The site of that project; its findings are many, and don't keep it from being built."""
    project = tmp_path_factory.mktemp("hostile")
    (project / "teipipe.toml").write_text(
        'title = "</script><img src=x onerror=alert(1)>"\ndocuments = ["*.xml"]\nregister = "register.xml"\n', "utf-8"
    )
    (project / f'"><img src=x onerror="{RUN}">.xml').write_text(DOCUMENT, "utf-8")
    (project / "register.xml").write_text(REGISTER, "utf-8")
    (project / "evil.svg").write_text(f'<svg xmlns="http://www.w3.org/2000/svg" onload="{RUN}"/>', "utf-8")
    command = [sys.executable, "-m", "teipipe", "build", "--output", str(project / "build")]
    run = subprocess.run(command, cwd=project, capture_output=True, text=True)
    assert (project / "build" / "hostile" / "index.html").is_file(), run.stdout + run.stderr
    return project / "build"


@pytest.fixture(scope="module")
def address(hostile: Path) -> Iterator[str]:
    with ThreadingHTTPServer(("127.0.0.1", 0), partial(_Quiet, directory=str(hostile))) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}/"
        server.shutdown()


def _refuse(said: list[str], dialog: Dialog) -> None:
    said.append(f"a dialog: {dialog.message}")
    dialog.dismiss()


def test_no_page_runs_or_loads_anything(hostile: Path, address: str, browser: Browser) -> None:
    said: list[str] = []
    context = browser.new_context()
    page = context.new_page()
    page.on("console", lambda message: said.append(f"{page.url}: {message.text}"))
    page.on("pageerror", lambda error: said.append(f"{page.url}: {error}"))
    page.on("dialog", partial(_refuse, said))
    page.on("request", lambda one: said.append(one.url) if not one.url.startswith((address, "data:,")) else None)
    found = sorted(hostile.rglob("*.html"))
    assert len(found) > 10
    for path in found:
        page.goto(address + path.relative_to(hostile).as_posix())
        page.evaluate("document.querySelectorAll('details').forEach(each => { each.open = true; })")
        page.mouse.move(300, 300)
        assert page.evaluate("window.pwned") is None, path
    context.close()
    assert not said, "\n".join(said[:10])


def test_no_link_has_a_scheme_that_runs(hostile: Path) -> None:
    for path in sorted(hostile.rglob("*.html")):
        tree = html5lib.parse(path.read_bytes(), transport_encoding="utf-8", namespaceHTMLElements=False)
        for element in tree.iter():
            for name in ("href", "src", "action", "formaction", "xlink:href", "data", "poster"):
                # Browsers leave out white space and control characters.
                value = "".join(character for character in element.get(name, "") if character > " ")
                scheme = urlsplit(value).scheme.lower()
                assert scheme in ("", "http", "https", "mailto") or value == "data:,", f"{path}: {value}"
            assert not [key for key in element.attrib if str(key).startswith("on")], path
            assert element.tag not in ("iframe", "object", "embed", "base"), path
            # The page for addresses that lead nowhere has our style rules in itself, and no word of a document.
            assert element.tag != "style" or path.name == "404.html", path
            if element.tag == "script":
                assert element.get("src") or str(element.get("type")).endswith("json"), path
            if element.tag == "img":
                assert "elsewhere" not in element.get("src", ""), path


def test_names_and_questions_are_words_to_the_search(address: str, browser: Browser) -> None:
    said: list[str] = []
    page = browser.new_page()
    page.on("console", lambda message: said.append(message.text))
    page.on("dialog", partial(_refuse, said))
    page.goto(f"{address}search/index.html?q={quote('needle <img src=x onerror=' + RUN + '>')}&kind={quote('<b>')}")
    expect(page.locator(".search-state")).to_contain_text("ound")
    page.goto(f"{address}search/index.html?q=needle")
    expect(page.locator(".result").first).to_be_visible()
    assert "<img" in page.locator(".results").inner_text(), "markup in words is shown as words"
    assert page.locator(".results img, .results script").count() == 0
    page.locator(".result a").first.click()
    page.wait_for_load_state()
    assert page.evaluate("window.pwned") is None
    page.close()
    assert not said
