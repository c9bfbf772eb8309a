"""Fetches the third-party files of html pages from the npm registry, as `vendored.json` pins them.

    python tools/vendor.py

A package whose integrity is not the recorded one, or a file whose hash is not, is refused.
"""

from __future__ import annotations

import base64
import hashlib
import io
import json
import tarfile
import urllib.request
from pathlib import Path
from typing import Any

FOLDER = Path(__file__).parent.parent / "src" / "pilotscore" / "render" / "html" / "_vendor"


def fetch(package: dict[str, Any]) -> bytes:
    """Return the tarball of a package, held against its integrity."""
    name, version = package["name"], package["version"]
    url = f"https://registry.npmjs.org/{name}/-/{name}-{version}.tgz"
    with urllib.request.urlopen(url, timeout=60) as answer:
        data: bytes = answer.read()
    integrity = "sha512-" + base64.b64encode(hashlib.sha512(data).digest()).decode()
    if integrity != package["integrity"]:
        raise SystemExit(f"{url} has integrity {integrity}, not the recorded one")
    return data


def unpack(package: dict[str, Any], data: bytes) -> None:
    """Put the files that are wanted of a package into their folder."""
    with tarfile.open(fileobj=io.BytesIO(data)) as archive:
        for name, source in package["files"].items():
            member = archive.extractfile(source["from"])
            if member is None:
                raise SystemExit(f"{source['from']} is no file")
            content = member.read()
            if hashlib.sha256(content).hexdigest() != source["sha256"]:
                raise SystemExit(f"{name} has not the recorded hash")
            (FOLDER / name).write_bytes(content)


if __name__ == "__main__":
    for each in json.loads((FOLDER / "vendored.json").read_text(encoding="utf-8")):
        unpack(each, fetch(each))
