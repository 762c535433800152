"""The tokens of a schema in the compact syntax, one after the other, and what is said when one doesn't fit."""

from __future__ import annotations

from typing import Final

from teipipe.errors import SchemaError
from teipipe.relaxng.compact_lexer import KEYWORDS, Token, tokens
from teipipe.relaxng.syntax import Source

#: A documented limit: how deep brackets may be nested; far more than anyone writes, and no danger to Python's stack.
MAX_DEPTH: Final = 100

_CLOSING: Final = {"{": "}", "(": ")", "[": "]"}
_QUOTATION_MARKS: Final = frozenset("“”„‟‘’‚‛«»‹›")
_LONGEST_QUOTE: Final = 40


class Stream:
    """A schema being read: `token` is what comes next, `following` what comes after it."""

    def __init__(self, source: Source) -> None:
        self.source = source
        self._tokens = tokens(source)
        self.token = next(self._tokens)
        self.following = next(self._tokens, self.token)
        self._open: list[Token] = []

    def advance(self) -> Token:
        """Goes on by one token and gives the one that is left behind."""
        token = self.token
        self.token = self.following
        self.following = next(self._tokens, self.following)
        return token

    def expect(self, kind: str, help: str | None = None) -> Token:
        """The next token, which must be the sign or keyword `kind`."""
        if self.token.kind != kind:
            raise self.unexpected(f"“{kind}”", help)
        return self.advance()

    def open(self, bracket: str, help: str | None = None) -> None:
        """Reads an opening bracket; `close` reads its partner."""
        token = self.expect(bracket, help)
        self._open.append(token)
        if len(self._open) > MAX_DEPTH:
            raise self.error(token.offset, f"brackets are nested more than {MAX_DEPTH} deep")

    def close(self, expected: str = "", help: str | None = None) -> None:
        """Reads the bracket that closes the last one; `expected` is what could stand there besides."""
        bracket = self._open[-1]
        closing = _CLOSING[bracket.kind]
        if self.token.kind != closing:
            line = self.source.places.at(bracket.offset).line
            partner = f"“{closing}” that closes the “{bracket.kind}” of line {line}"
            raise self.unexpected(f"{expected} or {partner}" if expected else partner, help)
        self._open.pop()
        self.advance()

    def word(self, what: str) -> Token:
        """The next token, which must be a name; keywords are names where nothing else can stand."""
        if self.token.kind != "identifier" and self.token.kind not in KEYWORDS:
            raise self.unexpected(what)
        return self.advance()

    def identifier(self, what: str) -> Token:
        """The next token, which must be a name that isn't a keyword."""
        if self.token.kind != "identifier":
            raise self.unexpected(what, keyword_help(self.token))
        return self.advance()

    def literal(self, what: str) -> str:
        """The next string, put together of segments with “~” between them."""
        if self.token.kind != "literal":
            help = f'strings stand in quotes: "{self.token.text}"' if self.token.kind == "identifier" else None
            raise self.unexpected(what, help)
        text = self.advance().text
        if self.token.kind != "~":
            return text
        segments = [text]
        while self.token.kind == "~":
            self.advance()
            if self.token.kind != "literal":
                raise self.unexpected("a string after “~”")
            segments.append(self.advance().text)
        return "".join(segments)

    def error(self, offset: int, message: str, help: str | None = None) -> SchemaError:
        """The error that something is wrong at a byte."""
        return SchemaError(message, self.source.places.at(offset), help=help)

    def unexpected(self, expected: str, help: str | None = None) -> SchemaError:
        """The error that the next token isn't what is expected."""
        token = self.token
        if token.kind == "invalid":
            message, help = _invalid(token.text)
            return self.error(token.offset, message, help)
        if token.kind == "documentation":
            help = "“##” documents what begins after it; other comments begin with “#”"
        found = "the schema ends" if token.kind == "end" else f"{quoted(token)} stands"
        return self.error(token.offset, f"{found} where {expected} is expected", help)


def quoted(token: Token) -> str:
    """A token as a message quotes it."""
    if token.kind == "documentation":
        return "a comment with “##”"
    text = token.text + (":*" if token.kind == "any-in-prefix" else "")
    if token.kind == "literal":
        text = f'"{text}"'
    text = " ".join(text.split())
    return f"“{text if len(text) <= _LONGEST_QUOTE else text[: _LONGEST_QUOTE - 1] + '…'}”"


def keyword_help(token: Token) -> str | None:
    """How to use a keyword as the name of a definition, if the token is one."""
    if token.kind not in KEYWORDS:
        return None
    return f"“{token.text}” is a keyword; a definition with this name is written “\\{token.text}” wherever it is named"


def _invalid(character: str) -> tuple[str, str | None]:
    if character in ('"', "'"):
        help = "a string over several lines stands in three quotes, or is joined of several with “~”"
        return f"the string that begins with {character} isn't closed on its line", help
    if character in _QUOTATION_MARKS:
        return f"{character} is a typographic quotation mark", "strings stand in straight quotes: \"…\" or '…'"
    if character == "<":
        help = "a schema is in the XML syntax if “<” is the first character of the file"
        return "“<” means nothing in the compact syntax", help
    if character in "/;":
        help = "comments begin with “#”" if character == "/" else "nothing ends with “;”; patterns are joined by “,”"
        return f"“{character}” means nothing in the compact syntax", help
    if character == "\\":
        return "“\\” isn't followed by a name", None
    if character == ":":
        return "“:” doesn't stand between a prefix and a name", "there is no blank around it: “prefix:name”"
    shown = character if character.isprintable() else f"U+{ord(character):04X}"
    return f"“{shown}” can't stand here", None
