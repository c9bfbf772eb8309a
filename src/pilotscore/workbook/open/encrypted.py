"""Opens a workbook that asks for a password, with the ``crypt`` extra."""

from __future__ import annotations

import io

from pilotscore.workbook.open.biff import asks_for_password
from pilotscore.workbook.open.sheet_contents import EncryptedBookError, PartError
from pilotscore.workbook.open.xls import stream_of


class NoCryptError(Exception):
    """The ``crypt`` extra is not installed."""


class WrongPasswordError(Exception):
    """The password does not open the workbook, or it is of a kind that cannot be opened."""


# Excel opens what asks for this password without asking: the workbook is only kept from changes.
_NO_SECRET = "VelvetSweatshop"


def is_encrypted(content: bytes) -> bool:
    """Say whether an OLE file holds an encrypted .xlsx, or is an encrypted .xls."""
    if "EncryptedPackage".encode("utf-16-le") in content:
        return True
    try:
        return asks_for_password(stream_of(content))
    except PartError:
        return False


def opened(content: bytes, password: str | None) -> bytes:
    """Return the bytes of the workbook inside.

    Parameters
    ----------
    content
        An encrypted file.
    password
        What opens it; None where none was given: Excel opens some without.

    Raises
    ------
    EncryptedBookError
        It asks for a password, and none was given.
    NoCryptError
        A password was given, and msoffcrypto-tool is not installed.
    WrongPasswordError
        The password does not open it.
    """
    if password is not None:
        return decrypt(content, password)
    try:
        return decrypt(content, _NO_SECRET)
    except (NoCryptError, WrongPasswordError) as error:
        raise EncryptedBookError from error


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
