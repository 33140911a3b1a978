"""Texts for properties: news put together from pieces, then broken as feeds, editors and attackers break it.

A seed gives one text, so that a failure can be told by its number. Hypothesis draws and shrinks better,
but takes longer for a text than extraction does; this makes thousands in a second.
"""

from collections.abc import Callable
from random import Random

_DATELINES = ("Lima, 19 oct (EFE).- ", "MADRID (Agencia) — ", "Santa Fe, 3 de mayo. ", "", "", "Redacción.- ")
_WHO = (
    "el presidente ruso, Iván Petrov",
    "la ministra de Sanidad, Ana Ruiz",
    "Ana Ruiz",
    "el mandatario",
    "ambos mandatarios",
    "las delegaciones de Chile y Perú",
    "Moscú",
    "la Comisión Europea (CE)",
    "su homólogo peruano",
    "fuentes policiales",
    "una delegación encabezada por Luis Ríos",
    "la Casa Blanca",
    "el Gobierno",
    "",
)
_DOES = (
    "visitará",
    "viajó a",
    "se reunió con",
    "fue recibido por",
    "firmó un acuerdo con",
    "suscribirán el jueves un convenio con",
    "se entrevistó el lunes en Quito con",
    "canceló su visita a",
    "podría firmar el tratado de paz con",
    "no recibió a",
    "llegó este martes a",
)
_SAYS = (
    "dijo que",
    "aseguró:",
    "pidió a Luis Ríos que",
    "negó haber",
    "se mostró convencida de que",
    "advirtió ayer de que",
    "rechazó",
    "calificó de",
)
_WHEN = (
    "ayer",
    "el 2 de octubre",
    "a fines de mes",
    "en 1999",
    "del 3 al 5 de mayo",
    "el próximo martes",
    "",
)
_SAID = (
    "no hay marcha atrás",
    "el acuerdo es «histórico»",
    "vendrá mañana",
    "los precios subirán un 3,5 %",
    "¿quién lo ignora?",
    'soy un "loco" feliz',
)
# fmt: off
_QUOTES = (
    "“{}”", "«{}»", '"{}"', "'{}'", "''{}''", "‘{}’", "„{}“", "<<{}>>", "&quot;{}&quot;", "—{}—", "-{}",
    "“{}", "{}»", '“{}"',
)
_LINES = (
    "• {}", "- {}\n- {}", "1) {}", "Por {}", "{}\n\n", "\n\n{}", "SEGÚN {}", "{}: ", "({})", "<p>{}</p>",
    "<br/>{}",
)
_HOSTILE = (
    "\x00", "\xad", "\u200b", "\u200d", "\u202e", "\u2066", "\ufeff", "\ufffd",  # unseen
    "\r", "\r\n", "\t", "\x0b", "\x85", "\u2028", "\u2029", "\xa0", "\u3000", "  ",
    "\U0001f600", "\U0001f468\u200d\U0001f469", "\u0301", "e\u0301", "\U0010ffff", "漢字", "مرحبا", *"ﬁßİǅ½",
    "…", "...", "--", "%", "€", "@", "#", "]]>", "{{", "\\", "()", ".-", ":", ";", ",,", "¿", "¡",
    "http://x.y/?z=1", "'''", '""', "«»", "“”", "<<", "``",
    "&amp;", "&#8220;", "&nbsp;", "&amp;quot;", "&iacute;", "&#0;", "&bogus;", "<b>", "</p>", "<", "<a",
)
# fmt: on


def news_text(seed: int) -> str:
    """Make the text of a number: some sentences of news, most of them damaged, never empty."""
    random = Random(seed)
    length = random.choice((1, 1, 1, 2, 3))
    text = random.choice(_DATELINES) + " ".join(_sentence(random) for _ in range(length))
    for _ in range(random.choice((0, 1, 1, 2, 5))):
        text = random.choice(_DAMAGES)(text, random)
    return text if text.strip() else "."


def _sentence(random: Random) -> str:
    who, whom = random.choice(_WHO), random.choice(_WHO)
    said = random.choice(_QUOTES).format(random.choice(_SAID))
    sentence = random.choice(
        (
            f"{who} {random.choice(_DOES)} {whom} {random.choice(_WHEN)}.",
            f"{who} {random.choice(_SAYS)} {said}.",
            f"{said}, añadió {who} {random.choice(_WHEN)}.",
            f"Según {who}, {random.choice(_SAID)}; {whom} lo desmintió.",
            f"La reunión entre {who} y {whom} será {random.choice(_WHEN)}, {random.choice(_SAYS)} {said}",
            f"{who}: {said}",
        )
    )
    if random.random() < 0.25:
        sentence = random.choice(_LINES).replace("{}", sentence, 1).replace("{}", said)
    return sentence[:1].upper() + sentence[1:]


def _insert(text: str, random: Random) -> str:
    at = random.randint(0, len(text))
    return text[:at] + random.choice(_HOSTILE) * random.choice((1, 1, 1, 2, 40)) + text[at:]


def _insert_any(text: str, random: Random) -> str:
    """Any code point but surrogates, which no JSON text may carry alone."""
    first, last = random.choice(((0, 0x2FF), (0x300, 0xD7FF), (0xE000, 0x10FFFF)))
    code = random.randint(first, last)
    at = random.randint(0, len(text))
    return text[:at] + chr(code) + text[at:]


def _delete(text: str, random: Random) -> str:
    at = random.randint(0, len(text))
    return text[:at] + text[at + random.randint(1, 12) :]


def _cut(text: str, random: Random) -> str:
    return text[random.randint(0, 8) : random.randint(9, max(9, len(text)))]


def _repeat(text: str, random: Random) -> str:
    at = random.randint(0, len(text))
    return text[:at] + text[at : at + random.randint(1, 20)] * random.randint(2, 6) + text[at:]


def _shuffle(text: str, random: Random) -> str:
    words = text.split(" ")
    random.shuffle(words)
    return " ".join(words)


def _space(text: str, random: Random) -> str:
    return text.replace(" ", random.choice(("  ", "\xa0", "\n", "", " \u200b", "\t")))


def _capitals(text: str, random: Random) -> str:
    return random.choice((text.upper, text.lower, text.title, text.swapcase))()


_DAMAGES: tuple[Callable[[str, Random], str], ...] = (
    _insert,
    _insert,
    _insert_any,
    _delete,
    _delete,
    _cut,
    _repeat,
    _shuffle,
    _space,
    _capitals,
)
