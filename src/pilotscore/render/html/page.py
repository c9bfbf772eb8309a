"""A document as a page: its data, its looks and its script in one file.

No text of a workbook becomes markup or script: it stands in the data alone, with every sign that
markup begins or ends with written as an escape, and the script puts it in place as text. The policy
in the head lets nothing run but the scripts that belong to the page, and nothing be loaded.
"""

from __future__ import annotations

import base64
import hashlib
import html
import json
import re
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any

from pilotscore.document import Document
from pilotscore.language import Lang
from pilotscore.patterns import regex
from pilotscore.render.html.packing import packed

_VENDOR = "_vendor"
_LIBRARIES = ("tabulator.min.js", "chart.min.js")
_LICENCES = ("tabulator.LICENSE", "chart.LICENSE")
_SCRIPTS = ("data.js", "charts.js", "table.js", "card.js", "page.js")
_STYLES = ("_vendor/tabulator.min.css", "page.css")
# The map of a minified file is not there: a browser need not look for it.
_MAP = regex(r"\n?(//# sourceMappingURL=\S+|/\*# sourceMappingURL=\S+ \*/)\s*$")
_ESCAPES = {c: f"\\u{ord(c):04x}" for c in "<>&\u2028\u2029"}
_PAGE = """<!DOCTYPE html>
<html lang="{lang}">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="{policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="generator" content="pilotscore {version}">
<title>{title}</title>
<!--
{licences}
-->
<style>{style}</style>
</head>
<body>
<noscript>{noscript}</noscript>
<script type="application/json" id="data">{data}</script>
{scripts}
</body>
</html>
"""
_NOSCRIPT = "此页需要启用脚本。This page needs scripts to be enabled."


def write_html(document: Document, path: Path, lang: Lang) -> None:
    """Write a document as a page that opens in a language, and switches to the other."""
    with path.open("w", encoding="utf-8", newline="\n") as file:
        file.write(to_html(document, lang))


def to_html(document: Document, lang: Lang) -> str:
    """Return a document as a page.

    Parameters
    ----------
    document
        What is shown.
    lang
        The language in which it opens.
    """
    scripts = (*(_part(f"{_VENDOR}/{name}") for name in _LIBRARIES), _own_script())
    style = "\n".join(map(_part, _STYLES))
    return _PAGE.format(
        lang="zh-CN" if lang == "zh" else "en",
        policy=_policy(scripts, style),
        version=html.escape(document.version),
        title=html.escape(document.title.to(lang)),
        licences="\n".join(_part(f"{_VENDOR}/{name}") for name in _LICENCES),
        style=style,
        noscript=_NOSCRIPT,
        data=as_data({"lang": lang, **packed(document)}),
        scripts="\n".join(f"<script>{script}</script>" for script in scripts),
    )


def as_data(value: Any) -> str:
    """Return plain data as JSON that may stand in markup: no sign of it ends the element."""
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"), allow_nan=False)
    return re.sub("[<>&\u2028\u2029]", lambda m: _ESCAPES[m[0]], text)


def _policy(scripts: tuple[str, ...], style: str) -> str:
    allowed = " ".join(map(_hash, scripts))
    return (
        f"default-src 'none'; script-src {allowed}; style-src {_hash(style)}; "
        "img-src data: blob:; base-uri 'none'; form-action 'none'"
    )


def _hash(text: str) -> str:
    return f"'sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}'"


@cache
def _part(name: str) -> str:
    """Return a file beside this module, line ends as a browser reads them."""
    text = (files("pilotscore.render.html") / name).read_bytes().decode()
    return _MAP.sub("", text.replace("\r\n", "\n"))


def _own_script() -> str:
    body = "\n".join(map(_part, _SCRIPTS))
    return f'"use strict";\n(() => {{\n{body}\n}})();\n'
