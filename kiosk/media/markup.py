"""Builds XHTML Basic 1.0 pages as trees, so that no text can ever become markup."""

import re
from xml.etree import ElementTree as ET

Child = ET.Element | str

_DOCTYPE = (
    '<?xml version="1.0" encoding="UTF-8"?>\n'
    '<!DOCTYPE html PUBLIC "-//W3C//DTD XHTML Basic 1.0//EN"'
    ' "http://www.w3.org/TR/xhtml-basic/xhtml-basic10.dtd">\n'
)
_NOT_IN_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""XML 1.0 production 2: what a broken character set may leave in a name."""


def element(name: str, *children: Child, **attributes: str) -> ET.Element:
    """Return an element; ``class_`` stands for the attribute ``class``."""
    node = ET.Element(name, {key.rstrip("_"): _clean(text) for key, text in attributes.items()})
    for child in children:
        if isinstance(child, ET.Element):
            node.append(child)
        elif len(node):
            node[-1].tail = (node[-1].tail or "") + _clean(child)
        else:
            node.text = (node.text or "") + _clean(child)
    return node


def link(text: Child, href: str, **attributes: str) -> ET.Element:
    """Return a hyperlink."""
    return element("a", text, href=href, **attributes)


def page(title: str, style: str, *body: Child) -> bytes:
    """Return a whole page; it reads well without its style sheet, too."""
    head = element(
        "head",
        element("meta", **{"http-equiv": "Content-Type", "content": "text/html; charset=UTF-8"}),
        element("meta", name_="viewport", content="width=device-width, initial-scale=1"),
        element("title", title),
        element("link", rel="stylesheet", type="text/css", href=style),
    )
    root = element("html", head, element("body", *body), xmlns="http://www.w3.org/1999/xhtml")
    root.set("xml:lang", "en")
    ET.indent(root, " ")
    return (_DOCTYPE + ET.tostring(root, "unicode") + "\n").encode("utf-8")


def _clean(text: str) -> str:
    return _NOT_IN_XML.sub("\ufffd", text)
