"""Reading a published text file whatever its encoding, and refusing it when it is damaged."""

from __future__ import annotations

import codecs
from pathlib import Path

from knowledge_base.errors import ImportRefused

_CHUNK = 1 << 20
_ALLOWED_CONTROLS = {0x09, 0x0A, 0x0D}
_CONTROLS = bytes(code for code in range(32) if code not in _ALLOWED_CONTROLS)


def encoding_of(path: Path) -> str:
    """Gives utf-8-sig or cp1252; raises ImportRefused with the line for a file that is neither, or not text.

    A file in which correct UTF-8 letters come before a wrong byte is damaged, not of another encoding.
    """
    decoder = codecs.getincrementaldecoder("utf-8")()
    line, accented = 1, False
    try:
        with path.open("rb") as file:
            while chunk := file.read(_CHUNK):
                _refuse_controls(path, chunk, line)
                try:
                    text = decoder.decode(chunk)
                except UnicodeDecodeError as error:
                    # With letters read before the wrong byte, or a rest of many, it was UTF-8 once.
                    before = chunk[: error.start].decode("utf-8", "ignore")
                    if accented or not before.isascii():
                        bad_line = line + chunk[: error.start].count(b"\n")
                        raise ImportRefused("octets illisibles : fichier abîmé", file=path.name, line=bad_line) from error
                    return "cp1252"
                accented = accented or not text.isascii()
                line += chunk.count(b"\n")
        decoder.decode(b"", final=True)
    except UnicodeDecodeError as error:
        raise ImportRefused("fichier coupé au milieu d’un caractère", file=path.name, line=line) from error
    except OSError as error:
        raise ImportRefused("fichier introuvable ou illisible", file=str(path)) from error
    return "utf-8-sig"


def _refuse_controls(path: Path, chunk: bytes, line: int) -> None:
    cleaned = chunk.translate(None, _CONTROLS)
    if len(cleaned) == len(chunk):
        return
    position = next(index for index, byte in enumerate(chunk) if byte < 32 and byte not in _ALLOWED_CONTROLS)
    bad_line = line + chunk[:position].count(b"\n")
    raise ImportRefused("octets illisibles : fichier abîmé ou qui n’est pas du texte", file=path.name, line=bad_line)
