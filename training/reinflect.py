"""Put verbs of training sentences into forms that old news has little of, with the lemma known.

Announcements live in the future ("viajará", "se reunirán"), and gerunds and infinitives carry clitics
("firmándolo", "reunirse"); the treebank has too few of them for the edit trees of the lemmatiser: eight
clitics after two gerund endings are sixteen trees, each of which must be seen. Number and person are kept, so
agreement holds; tenses may clash with an adverb, which does no harm to tags, heads or lemmas.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from random import Random

from training.treebank import Sentence, Token

FUTURE_STEMS = {
    "haber": "habr",
    "caber": "cabr",
    "saber": "sabr",
    "poder": "podr",
    "querer": "querr",
    "tener": "tendr",
    "poner": "pondr",
    "venir": "vendr",
    "valer": "valdr",
    "salir": "saldr",
    "hacer": "har",
    "satisfacer": "satisfar",
    "decir": "dir",
}
"""Irregular stems of future and conditional; compounds follow (`sostener`, `imponer`), see `future_stem`."""

REGULAR_COMPOUNDS = ("bendecir", "maldecir", "predecir", "salir", "deber", "prever")

STRONG_PRETERITES = {
    "decir": ("dijo", "dijeron"),
    "hacer": ("hizo", "hicieron"),
    "tener": ("tuvo", "tuvieron"),
    "sostener": ("sostuvo", "sostuvieron"),
    "mantener": ("mantuvo", "mantuvieron"),
    "obtener": ("obtuvo", "obtuvieron"),
    "poder": ("pudo", "pudieron"),
    "poner": ("puso", "pusieron"),
    "proponer": ("propuso", "propusieron"),
    "venir": ("vino", "vinieron"),
    "intervenir": ("intervino", "intervinieron"),
    "querer": ("quiso", "quisieron"),
    "saber": ("supo", "supieron"),
    "traer": ("trajo", "trajeron"),
    "conducir": ("condujo", "condujeron"),
    "producir": ("produjo", "produjeron"),
    "reducir": ("redujo", "redujeron"),
    "pedir": ("pidió", "pidieron"),
    "despedir": ("despidió", "despidieron"),
    "advertir": ("advirtió", "advirtieron"),
    "suscribir": ("suscribió", "suscribieron"),
    "desmentir": ("desmintió", "desmintieron"),
    "concluir": ("concluyó", "concluyeron"),
    "prever": ("previó", "previeron"),
}
"""Third persons that endings do not give away."""

CLITICS = ("lo", "la", "los", "las", "le", "les", "se", "se", "se", "nos", "me")
FUTURE = {("3", "Sing"): "á", ("3", "Plur"): "án", ("1", "Plur"): "emos", ("1", "Sing"): "é"}
CONDITIONAL = {("3", "Sing"): "ía", ("3", "Plur"): "ían", ("1", "Plur"): "íamos", ("1", "Sing"): "ía"}

Inflection = Callable[[Token, Random], Token]


def reinflect(sentence: Sentence, rng: Random) -> Sentence:
    """Give one verb of the sentence another form, if there is one that takes it."""
    tokens = list(sentence.tokens)
    places = [(i, change) for i, token in enumerate(tokens) if (change := _inflection(token))]
    if not places:
        return sentence
    i, change = rng.choice(places)
    tokens[i] = change(tokens[i], rng)
    return sentence.with_tokens(tokens)


def future_stem(lemma: str) -> str:
    """Give the stem of future and conditional.

    >>> future_stem("sostener"), future_stem("reunir"), future_stem("oír")
    ('sostendr', 'reunir', 'oir')
    """
    for verb, stem in FUTURE_STEMS.items():
        if lemma == verb or (lemma.endswith(verb) and lemma not in REGULAR_COMPOUNDS):
            return lemma[: -len(verb)] + stem
    return lemma.replace("ír", "ir")


def with_clitic(form: str, clitic: str) -> str:
    """Attach a clitic to an infinitive or a gerund.

    >>> with_clitic("firmando", "lo"), with_clitic("reunir", "se")
    ('firmándolo', 'reunirse')
    """
    for plain, stressed in (("ando", "ándo"), ("iendo", "iéndo"), ("yendo", "yéndo")):
        if form.endswith(plain):
            return form[: -len(plain)] + stressed + clitic
    return form + clitic


def _inflection(token: Token) -> Inflection | None:
    """Choose what can be done to a token, None if nothing."""
    if token.pos != "VERB" or not token.form.islower() or not token.lemma.endswith(("ar", "er", "ir", "ír")):
        return None
    if "VerbForm=Inf" in token.morph or "VerbForm=Ger" in token.morph:
        bare = token.form.endswith(("ar", "er", "ir", "ír", "ando", "iendo", "yendo"))
        return _attach if bare else None
    features = dict(feature.split("=") for feature in token.morph.split("|") if feature)
    if features.get("Mood") == "Ind" and (features.get("Person"), features.get("Number")) in FUTURE:
        return _refinite
    return None


def _attach(token: Token, rng: Random) -> Token:
    return replace(token, form=with_clitic(token.form, rng.choice(CLITICS)))


def _refinite(token: Token, rng: Random) -> Token:
    features = dict(feature.split("=") for feature in token.morph.split("|"))
    person = (features["Person"], features["Number"])
    draw = rng.random()
    if draw < 0.2 and person[0] == "3":
        lemma = rng.choice(list(STRONG_PRETERITES))
        features["Tense"] = "Past"
        form = STRONG_PRETERITES[lemma][person[1] == "Plur"]
        return replace(token, form=form, lemma=lemma, morph=_joined(features))
    if draw < 0.8:
        features["Tense"] = "Fut"
        return replace(token, form=future_stem(token.lemma) + FUTURE[person], morph=_joined(features))
    features.pop("Tense", None)
    features["Mood"] = "Cnd"
    return replace(token, form=future_stem(token.lemma) + CONDITIONAL[person], morph=_joined(features))


def _joined(features: dict[str, str]) -> str:
    return "|".join(f"{key}={value}" for key, value in sorted(features.items()))
