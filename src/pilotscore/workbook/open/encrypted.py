"""Opens a workbook that asks for a password, with the ``crypt`` extra."""

from __future__ import annotations

import io


class NoCryptError(Exception):
    """The ``crypt`` extra is not installed."""


class WrongPasswordError(Exception):
    """The password does not open the workbook, or it is of a kind that cannot be opened."""


def is_encrypted(content: bytes) -> bool:
    """Say whether an OLE file holds an encrypted .xlsx."""
    return "EncryptedPackage".encode("utf-16-le") in content


def decrypt(content: bytes, password: str) -> bytes:
    """Return the bytes of the workbook inside.

    Raises
    ------
    NoCryptError
        msoffcrypto-tool is not installed.
    WrongPasswordError
        The password is wrong.
    """
    try:
        import msoffcrypto
        from msoffcrypto.exceptions import DecryptionError, FileFormatError, InvalidKeyError
    except ImportError as error:
        raise NoCryptError from error
    out = io.BytesIO()
    try:
        file = msoffcrypto.OfficeFile(io.BytesIO(content))
        file.load_key(password=password)
        file.decrypt(out)
    except (InvalidKeyError, DecryptionError, FileFormatError) as error:
        raise WrongPasswordError(str(error)) from error
    except Exception as error:
        # A damaged header throws whatever its fields lead to.
        raise WrongPasswordError(type(error).__name__) from error
    return out.getvalue()
