"""Whether an article that comes again is to be sent, and as which version. Pure: known and found in."""

import hashlib
from dataclasses import dataclass
from typing import Final

from schemas import Article

SENT_BEFORE: Final = "sent before"
OLDER: Final = "older than what was sent"
SAME_VERSION: Final = "changed without a new version"

_DIGEST_BYTES: Final = 8
_KEPT_DIGESTS: Final = 8


@dataclass(frozen=True, slots=True)
class Sent:
    """The newest of an article that was sent.

    Attributes:
        read_version: The version that its format gave, before a change without a new one raised it.
        digests: Of its last contents, the newest first, one after the other: some feeds give now
            one wording, now another, and an archive read again has all of them again.
    """

    version: int
    read_version: int
    withdrawn: bool
    digests: bytes

    def had(self, digest: bytes) -> bool:
        """Tell whether these words were sent before."""
        return digest in (
            self.digests[i : i + _DIGEST_BYTES] for i in range(0, len(self.digests), _DIGEST_BYTES)
        )


def decide(article: Article, known: Sent | None, *, fixed_version: bool) -> tuple[Article | None, str]:
    """Decide whether an article is to be sent, and as which version.

    A newsroom's own version is left as it is. Where the version is a default or a guess, changed
    words are a correction all the same, and get the next version.

    Returns:
        The article to send and "", or None and the reason.
    """
    if known is None:
        return article, ""
    newer = (article.version, article.withdrawn) > (known.version, known.withdrawn)
    # The same words under a later guess are the same article; a revival after a kill is not.
    says_more = newer and (fixed_version or article.withdrawn != known.withdrawn)
    if known.had(digest_of(article)) and not says_more:
        return None, SENT_BEFORE
    if newer:
        return article, ""
    if article.version < known.read_version or (known.withdrawn and not article.withdrawn):
        return None, OLDER
    if fixed_version:
        return None, SAME_VERSION if article.version == known.version else OLDER
    return article.model_copy(update={"version": known.version + 1}), ""


def digest_of(article: Article) -> bytes:
    """Digest the words of an article, by which a correction without a version is known.

    Not its date nor its outlet: some feeds date everything by the hour of the request, and several
    feeds of one newspaper carry the same article under different names.
    """
    value = article.model_dump_json(include={"text", "title", "language", "authors", "withdrawn"})
    return hashlib.blake2b(value.encode("utf-8", "surrogatepass"), digest_size=_DIGEST_BYTES).digest()


def sent_as(article: Article, known: Sent | None, *, read_version: int) -> Sent:
    """Give what is to be remembered of an article that is sent."""
    earlier = known.digests if known else b""
    digests = (digest_of(article) + earlier)[: _KEPT_DIGESTS * _DIGEST_BYTES]
    return Sent(article.version, read_version, article.withdrawn, digests)
