"""The articles of a torture, from a seed: good ones, corrections, broken ones in eight ways, poison."""

import json
import random
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from schemas import Article
from streams.codec import Record, encode_article
from tests.builders import make_article

BROKEN_SHARE: Final = 0.02
CORRECTED_SHARE: Final = 0.03
REPEATED_SHARE: Final = 0.01
_WITHDRAWN_SHARE: Final = 0.2  # of the corrections
_OUT_OF_ORDER_SHARE: Final = 0.3  # of the corrections: they come before what they correct

_WHO: Final = ("Ana", "Luis", "Eva", "Juan", "Rosa", "Iván", "Marta", "Raúl")
_WHERE: Final = ("Roma", "Lima", "Quito", "Moscú", "Oslo", "Praga", "Bogotá")
_WHAT: Final = ("nada", "todo", "algo", "poco", "mucho", "basta")


@dataclass(frozen=True)
class Plan:
    """What is sent, in order, and how many of each kind there are."""

    records: tuple[Record, ...]
    articles: int
    counts: dict[str, int]


def plan_articles(seed: int, count: int, *, poison: int) -> Plan:
    """Write so many articles and their corrections.

    Args:
        seed: The same one gives the same records.
        count: Articles, broken ones and poison included; corrections and repeats come on top.
        poison: So many of each kind that hang, crash their process, or raise.
    """
    chance = random.Random(seed)
    broken = [_BROKEN[n % len(_BROKEN)](n) for n in range(round(count * BROKEN_SHARE))]
    poisoned = [
        encode_article(make_article(f"{_text(chance)} {word}", id=f"{word.lower()}-{n}"))
        for word in ("HANG", "CRASH", "BUG")
        for n in range(poison)
    ]
    good = [_article(chance, n) for n in range(count - len(broken) - len(poisoned))]
    records = [encode_article(article) for article in good] + broken + poisoned
    chance.shuffle(records)
    corrections = [_correct(chance, a) for a in chance.sample(good, round(count * CORRECTED_SHARE))]
    early = 0
    for correction in corrections:
        first = _place_of(records, correction.id)
        before = chance.random() < _OUT_OF_ORDER_SHARE
        early += before
        place = chance.randint(0, first) if before else chance.randint(first + 1, len(records))
        records.insert(place, encode_article(correction))
    repeats = chance.sample(good, round(count * REPEATED_SHARE))
    for article in repeats:
        records.insert(chance.randint(0, len(records)), encode_article(article))
    counts = {
        "broken, in 8 ways": len(broken),
        "that hang": poison,
        "that crash their process": poison,
        "that raise": poison,
        "corrections": len(corrections),
        "of these withdrawals": sum(correction.withdrawn for correction in corrections),
        "of these before what they correct": early,
        "sent twice": len(repeats),
    }
    return Plan(tuple(records), count, counts)


def _article(chance: random.Random, number: int) -> Article:
    # Some work for the processes, so that faults find articles in the middle of it.
    work = chance.choice((0, 0, 0.01, 0.03, 0.1))
    return make_article(
        f"{_text(chance)} SLEEP {work}", id=f"t-{number:05}", title=f"Número {number}", source="Agencia"
    )


def _correct(chance: random.Random, article: Article) -> Article:
    version = chance.randint(1, 3)
    if chance.random() < _WITHDRAWN_SHARE:
        return article.model_copy(update={"version": version, "withdrawn": True, "text": ""})
    # Something stays, something goes, something comes.
    kept = article.text.split(". ")[0]
    return article.model_copy(update={"version": version, "text": f"{kept}. {_text(chance)}"})


def _text(chance: random.Random) -> str:
    visits = [f"{chance.choice(_WHO)} visitó {chance.choice(_WHERE)}." for _ in range(chance.randint(0, 2))]
    words = [f"{chance.choice(_WHO)} dijo {chance.choice(_WHAT)}." for _ in range(chance.randint(0, 2))]
    return " ".join([*visits, *words]) or "No pasó nada."


def _place_of(records: list[Record], article_id: str) -> int:
    key = article_id.encode()
    return next(place for place, record in enumerate(records) if record.key == key)


def _json(**fields: object) -> bytes:
    return json.dumps({"text": "Ana visitó Roma.", "published": "2024-05-10", **fields}).encode()


def _broken(way: str, value: Callable[[int], bytes | None]) -> Callable[[int], Record]:
    return lambda number: Record(f"{way}-{number}".encode(), value(number), [("origin", way.encode())])


_BROKEN: Final = (
    _broken("not-json", lambda n: f'{{"text": "Ana visitó Roma.", {n}'.encode()),
    _broken("not-utf8", lambda n: b'\xff\xfe{"text": "%d"}' % n),
    _broken("no-text", lambda n: f'{{"id": "x{n}", "published": "2024-05-10"}}'.encode()),
    _broken("month-13", lambda n: _json(id=f"m{n}", published="2024-13-01")),
    _broken("a-list", lambda n: b"[%s]" % _json(id=f"l{n}")),
    _broken("too-large", lambda n: _json(id=f"g{n}", text="a" * (1024 * 1024 + n + 1))),
    _broken("another-language", lambda n: _json(id=f"e{n}", language="qu")),
    _broken("null", lambda _: None),
)
