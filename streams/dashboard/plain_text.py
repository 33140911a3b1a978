"""Foreign text that is safe to stand beside ours."""

from typing import Final

from streams.rendering.words import clean

_BIDI_CONTROLS: Final = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\u200e\u200f\u061c")


def plain(text: str) -> str:
    r"""Take out of foreign text what could turn round or hide what stands beside it on the page.

    >>> plain("Lima\u202e\x07 capital")
    'Lima capital'
    """
    return "".join(c for c in clean(text) if c not in _BIDI_CONTROLS)
