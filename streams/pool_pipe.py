"""Messages between a worker and its extraction processes: four bytes of length, then so much content."""

import struct
from collections.abc import Iterable
from typing import BinaryIO, Final

LENGTH: Final = struct.Struct(">I")


def read_message(stream: BinaryIO) -> bytes | None:
    """Read one message; None at the end."""
    head = stream.read(LENGTH.size)
    if len(head) < LENGTH.size:
        return None
    (length,) = LENGTH.unpack(head)
    body = stream.read(length)
    return body if len(body) == length else None


def write_message(stream: BinaryIO, content: bytes) -> None:
    """Write one message."""
    stream.write(LENGTH.pack(len(content)) + content)
    stream.flush()


def pack(parts: Iterable[bytes]) -> bytes:
    """Put several parts into the content of one message.

    >>> unpack(pack([b"ab", b"", b"c"]))
    [b'ab', b'', b'c']
    """
    return b"".join(piece for part in parts for piece in (LENGTH.pack(len(part)), part))


def unpack(content: bytes) -> list[bytes]:
    """Take the parts out of the content of one message."""
    parts, place = [], 0
    while place < len(content):
        (length,) = LENGTH.unpack_from(content, place)
        place += LENGTH.size
        parts.append(content[place : place + length])
        place += length
    return parts
