"""What nobody should write and somebody does: the content of a document's body, by what is bad about it."""

from __future__ import annotations

from typing import Final
from xml.sax.saxutils import escape

LOREM: Final = "Words of a paragraph that goes on for a while, so that it needs more than one line to be set. "
#: What would do something if it were code of the typesetter.
CODE: Final = (
    r"""#import "x.typ": * $x^2$ @ref <label> ```raw``` \ \u{41} *b* _i_ = H // c /* d */ - e ~ #{panic()} ' -- ..."""
)
HEAD: Final = ' role="label"'


def nested(start: str, end: str, depth: int, inner: str) -> str:
    return start * depth + inner + end * depth


def table(*rows: str) -> str:
    return f"<table>{''.join(f'<row>{row}</row>' for row in rows)}</table>"


def cells(count: int, attributes: str = "") -> str:
    return "".join(f"<cell{attributes}>cell {number}</cell>" for number in range(count))


def headed(*heads: str) -> str:
    return "".join(f"<div><head>{head}</head><p>p</p></div>" for head in heads)


def turn(speaker: str, content: str = "") -> str:
    return f"<sp><speaker>{speaker}</speaker>{content}</sp>"


_LONG: Final = {
    "a long word": f"<p>before {'Donaudampfschiff' * 125} after</p>",
    "a long word in a cell": table(f"<cell>{'a' * 2000}</cell><cell>b</cell>"),
    "long speakers": turn("Speaker" * 43, "<p>said</p>") + turn("Spea ker " * 34),
    "long headings": headed("Head" * 500, LOREM * 10),
    "a long word in a note": f"<p>a<note>{'note' * 500}</note></p>",
    "long words in a list": f"<list><label>{'label' * 100}</label><item>{'item' * 300}</item></list>",
    "a long address": f'<p><ref target="https://x.org/{"a" * 9000}">https://x.org/{"a/b?c=d&amp;" * 90}</ref></p>',
    "nothing but signs": f"<p>{'-' * 500} {'—' * 500} {'…' * 500} {'.' * 500}</p>",
    "a long paragraph": f"<p>{LOREM * 300}</p>",
    "many lines": f"<p>{'a<lb/>' * 1000}</p>",
}

_TABLES: Final = {
    "a table of 20 columns": table(*[cells(20)] * 20),
    "a table of 20 columns in a list": f"<list><item>{table(*[cells(20)] * 20)}</item></list>",
    "a table of 30 columns": table(*[cells(30)] * 20),
    "a table of 300 columns": table(cells(300)),
    "a cell longer than a page": table(f"<cell>{LOREM * 80}</cell><cell>b</cell>"),
    "a head longer than a page": table(f"<cell{HEAD}>{LOREM * 80}</cell><cell{HEAD}>b</cell>", cells(2)),
    "a table of heads": table(*[cells(1, HEAD)] * 60, *[cells(1)] * 60),
    "a title over all columns": table('<cell cols="9">title</cell>', cells(3), '<cell cols="2">a</cell><cell>b</cell>'),
    "cells over all others": table(
        '<cell rows="999999999" cols="999999999">a</cell><cell cols="99999999999999999999">b</cell>',
        '<cell cols="0">c</cell><cell rows="-1">d</cell><cell rows="x">e</cell>',
    ),
    "names, places and notes in a head": table(
        f'<cell{HEAD} xml:id="q"><persName ref="register.xml#x">X</persName><note>n</note> <ref target="#q">r</ref>'
        "</cell>",
        *["<cell>a</cell>"] * 60,
    ),
}

_DEEP: Final = {
    "words 200 deep": f"<p>{nested('<hi>', '</hi>', 200, 'deep')} after</p>",
    "lists 90 deep": nested("<list><item>a ", "</item><item>z</item></list>", 90, "deep"),
    "sections 200 deep": nested("<div><head>h</head>", "</div>", 200, "<p>deep</p>"),
    "quotations 200 deep": nested("<quote>", "</quote>", 200, "<p>deep</p>"),
    "tables 60 deep": nested("<table><row><cell>a", "z</cell><cell>b</cell></row></table>", 60, "deep"),
    "figures 100 deep": nested("<figure><head>h</head>", "</figure>", 100, "<p>deep</p>"),
    "turns 100 deep": nested("<sp><speaker>A</speaker>", "</sp>", 100, "<p>deep</p>"),
    "notes 100 deep": f"<p>a{nested('<note>n ', '</note>', 100, 'deep')}</p>",
}

_NOTES: Final = {
    "empty notes": "<p>a<note/> b<note> </note> c<note><p/></note></p>",
    "notes in headings": "<div><head>H<note>1</note></head><div><head><note>2<note>3</note></note></head></div></div>",
    "notes in tables": table(f"<cell{HEAD}>h<note>4</note></cell>", "<cell>a<note>5</note></cell>"),
    "notes in turns": turn("A<note>6</note>", "<p>said<note>7</note></p>") + turn("<note>only</note>"),
    "notes in lists": "<list><label>L<note>8</note></label><item>i<note>9</note></item></list>",
    "notes in figures": "<figure><head>F<note>10</note></head><p>p<note>11</note></p></figure>",
    "notes in verse and quotations": "<lg><l>v<note>12</note></l></lg><quote><p>q<note>13</note></p></quote>",
    "blocks in a note": "<p>a<note><table><row><cell>a</cell></row></table><list><item>c</item></list><quote><p>q</p>"
    "</quote><lg><l>v</l></lg><figure><head>h</head></figure><div><head>h</head><p>x</p></div></note> b</p>",
    "300 notes": f"<p>{''.join(f'a<note>{number}</note> ' for number in range(300))}</p>",
    "notes longer than pages": f"<p>a<note>{LOREM * 100}</note> b<note>{f'<p>{LOREM}</p>' * 60}</note> c</p>",
    "nothing but notes": "<note>one</note><note>two</note>",
    "notes with odd numbers": f'<p>a<note n="{"*" * 90}">b</note> <note n="&lt;#x">c</note> <note n="">d</note></p>',
}

_LETTERS: Final = {
    "letters without a font": "<p>ሰላም 😀👩‍👩‍👧 漢字 한글 かな नमस्ते สวัสดี საქართველო ᚠᚢ</p>",
    "private and control characters": "<p>&#xE000;&#xF8FF;&#x10FFFD; &#x7F;&#x9F;&#x1680;&#xFFFD;&#xFFFC;</p>",
    "headings and speakers without a font": headed("&#xE000;ሰ") + turn("ሰ", "<p>ሰ<note>ሰ</note></p>"),
    # Not those that stand higher or lower by the letter below: Typst (0.15) says their letters more than once.
    "marks on letters": "<p>a&#x308; e&#x301; x&#x35C;y z&#x489; а&#x301; о&#x301; &#x301;alone</p>",
    "separators": "<p>a&#x2028;b&#x2029;c</p>",
    "signs that nobody sees": "<p>c&#x200B;d&#xAD;e&#x200D;f&#x200C;g&#x2060;h&#xFEFF;i</p>" + headed("&#x200B;&#xAD;"),
    "directions that nobody ends": "<p>i&#x202E;m&#x202C;n&#x202D;x&#x2067;o&#x2066;p</p><p>&#x200F;q&#x200E;</p>",
    "spaces": "<p>a&#xA0;b&#x2009;c&#x3000;d&#x202F;e&#x2003;f&#x205F;g</p>" + headed("&#xA0;&#x3000;"),
    "soft hyphens": f"<p>{'sylla&#xAD;ble' * 100} a&#xAD; &#xAD;b</p>{table('<cell><hi>ά &#xAD;</hi> &#xAD; </cell>')}",
    "lines through lines": '<p><hi rend="underline">a <hi rend="strikethrough">b</hi></hi> c</p>',
    "the typesetter’s language": "".join(f"<{tag}>{escape(CODE)}</{tag}>" for tag in ("head", "p", "note")),
}

_PLACES: Final = {
    "places with odd names": """<p xml:id="a'b">x <ref target="#a'b">r</ref></p><p xml:id='q"u&lt;o&gt;t&amp;e'>y</p>"""
    """<p xml:id="é-ü.中"><ref target="#é-ü.中">t</ref> <ref target='#q"u&lt;o&gt;t&amp;e'>s</ref></p>""",
    "places of the same name": '<p xml:id="a">b</p><p xml:id="a">c <ref target="#a">d</ref></p>',
    "links that are none": '<p><ref target="javascript:alert(1)">a</ref> <ref target="">b</ref> <ref target="http://[">'
    'c</ref> <ref target="http://é.org/ü ö">d</ref> <ptr target="#x"/> <ref target="http://x.org/"><note>e</note></ref>'
    "</p>",
    "images that are missing": '<figure><graphic url="missing.png"/></figure><p><graphic url="../x"/><graphic/></p>',
    "a long number": f'<p n="{"9" * 300}">a</p>',
}

_EMPTY: Final = {
    "nothing": "",
    "heads without words": headed(
        "", "<note>x</note>", '<pb n="2"/>', '<anchor xml:id="a"/>', "<lb/>", '<graphic url="x.png"/>', "<note/>"
    ),
    "empty elements": "<p/><list/><list><item/></list><table/><table><row/></table><table><row><cell/></row></table>"
    "<lg/><lg><l/></lg><sp/><sp><speaker/></sp><quote/><figure/><head/><div/><div><head/></div>",
}

BAD: Final = _LONG | _TABLES | _DEEP | _NOTES | _LETTERS | _PLACES | _EMPTY
