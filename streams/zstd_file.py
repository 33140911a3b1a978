"""Reads zstd as `gzip.GzipFile` reads gzip: as it comes, and an end that is missing is an error."""

import io
from typing import IO, Any, Final

_CHUNK_BYTES: Final = 128 * 1024


class ZstdFile(io.RawIOBase):
    """The bytes within the frames of a zstd stream, one frame after the other."""

    def __init__(self, stream: IO[bytes]) -> None:
        """Read from a stream that stands at the begin of a frame."""
        import zstandard

        self._decompressor = zstandard.ZstdDecompressor()
        self._error = zstandard.ZstdError
        self._frame = self._decompressor.decompressobj()
        self._stream = stream
        self._begun = False
        self._ready = b""

    def readable(self) -> bool:
        """Say that it can be read."""
        return True

    def readinto(self, buffer: Any) -> int:
        """Fill a buffer as far as one step goes; 0 at the end.

        Raises:
            EOFError: The stream ends in the middle of a frame.
            OSError: It is no zstd, or damaged.
        """
        view = memoryview(buffer).cast("B")
        while not self._ready and self._step():
            pass
        count = min(len(view), len(self._ready))
        view[:count] = self._ready[:count]
        self._ready = self._ready[count:]
        return count

    def _step(self) -> bool:
        if self._frame.eof:
            rest = self._frame.unused_data
            self._frame, self._begun = self._decompressor.decompressobj(), False
        else:
            rest = b""
        chunk = rest or self._stream.read(_CHUNK_BYTES)
        if not chunk:
            if self._begun:
                raise EOFError("the zstd stream ends in the middle")
            return False
        self._begun = True
        try:
            self._ready = self._frame.decompress(chunk)
        except self._error as error:
            raise OSError(f"not zstd, or damaged: {error}") from error
        return True
