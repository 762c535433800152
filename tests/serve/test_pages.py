"""Pages as they are delivered: a script more, allowed by their policy, and nothing else."""

from __future__ import annotations

import pytest

from teipipe.serve.pages import CLIENT, allowing, with_script

SCRIPT = '<script src="/.teipipe/serve.js" data-run="r" data-build="3" defer></script>'


@pytest.mark.parametrize(
    ("policy", "expected"),
    [
        ("", ""),
        ("default-src 'self'", "default-src 'self'"),
        ("img-src 'none'", "img-src 'none'"),
        (
            "default-src 'none'",
            "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'",
        ),
        (
            "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'",
            "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; connect-src 'self'",
        ),
        (
            "script-src 'sha256-x'; connect-src 'none' ; ; upgrade-insecure-requests",
            "script-src 'sha256-x' 'self'; connect-src 'self'; upgrade-insecure-requests",
        ),
        ("Connect-Src https://a.example; connect-src *", "connect-src https://a.example 'self'"),
    ],
)
def test_a_policy_allows_what_is_needed(policy: str, expected: str) -> None:
    assert allowing(policy) == expected


def test_a_page() -> None:
    page = (
        '<html><head><meta http-equiv="Content-Security-Policy" content="default-src &quot;x&quot; \'none\'; '
        "script-src 'self'; style-src 'self'\"><title>x</title></head><body></head>é</body></html>"
    )
    delivered = with_script(page.encode(), "r", 3).decode()
    assert delivered.count("<script") == 1
    assert f"<title>x</title>{SCRIPT}</head>" in delivered
    assert "default-src &quot;x&quot;" in delivered
    assert "connect-src &quot;x&quot; &#x27;self&#x27;" in delivered
    assert delivered.endswith("<body></head>é</body></html>")


@pytest.mark.parametrize("page", ["", "<p>x", "\xff", "<HEAD></HEAD >"])
def test_a_page_of_any_kind(page: str) -> None:
    delivered = with_script(page.encode("latin-1"), "r", 3).decode("latin-1")
    assert delivered.replace(SCRIPT, "") == page
    assert delivered.lower().find("</head") in (-1, delivered.index(SCRIPT) + len(SCRIPT))


def test_what_a_page_says_of_policies_is_no_policy() -> None:
    text = '<body><meta http-equiv="Content-Security-Policy" content="default-src \'none\'">'
    page = f"<head></head>{text}".encode()
    assert with_script(page, "r", 3).decode().endswith(f"</head>{text}")


def test_the_files_of_the_client_are_there() -> None:
    for path in CLIENT.values():
        text = path.read_text("utf-8")
        assert len(text.splitlines()) < 300
        assert "innerHTML" not in text
        assert "http:" not in text
