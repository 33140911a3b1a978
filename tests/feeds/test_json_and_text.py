"""ninjs of three generations, our own JSON beside it, and text with a header."""

import gzip
import json
from pathlib import Path
from typing import Any

import pytest

from streams.feeds import ReadingOptions, read_file
from streams.feeds.drafts import EMBARGOED, NOT_TEXT
from tests.feeds.reading import OPTIONS, article_of, notes_of, read, reason_of


def ninjs(**fields: Any) -> str:
    return json.dumps({"uri": "u-1", "versioncreated": "2026-03-06T12:00:00Z"} | fields, ensure_ascii=False)


@pytest.mark.parametrize(
    "fields",
    [
        {"body_xhtml": "<p>Uno.</p><p>Dos.</p>", "headline": "T"},
        {"body_text": "Uno.\n\nDos.", "headline_main": "T"},
        {
            "bodies": [{"role": "main", "contenttype": "text/html", "value": "<p>Uno.</p><p>Dos.</p>"}],
            "headlines": [{"role": "sub", "value": "S"}, {"role": "main", "value": "T"}],
        },
        {
            "bodies": [
                {"role": "main", "contentType": "text/plain", "value": "Uno. Dos."},
                {"role": "rich", "contentType": "text/html", "value": "<p>Uno.</p><p>Dos.</p>"},
            ],
            "headlines": [{"value": "T"}],
        },
        {
            "bodies": [
                {
                    "role": "nitf",
                    "contentType": "application/xml",
                    "value": "<nitf><body><body.content><p>Uno.</p><p>Dos.</p></body.content></body></nitf>",
                }
            ],
            "headlines": [{"value": "T"}],
        },
    ],
    ids=["1.x", "1.x text", "2.x", "3.x", "3.x nitf"],
)
def test_ninjs_of_each_generation_is_read(fields: dict[str, Any]) -> None:
    article = article_of(ninjs(**fields))
    assert article.text == "Uno.\nDos."
    assert article.title == "T"
    assert article.id == "u-1"


def test_ninjs_the_samples(samples: Path) -> None:
    (first,) = read_file(samples / "feeds" / "ninjs-1.json", OPTIONS)
    (third,) = read_file(samples / "feeds" / "ninjs-3.json", OPTIONS)
    assert first.article is not None and third.article is not None
    assert (first.article.version, first.article.authors) == (2, ("Irene Castaño",))
    assert len(first.article.text.split("\n")) == 2, "the body with markup, whose paragraphs are known"
    assert third.article.source == "Agencia Meridiano"
    assert "embalse" not in third.article.text, "captions are not body"
    assert third.article.published.isoformat() == "2026-03-06T12:00:00-03:00"


def test_ninjs_status_version_and_medium() -> None:
    assert article_of(ninjs(pubstatus="canceled")).withdrawn
    assert article_of(ninjs(pubStatus="canceled", version="7")).version == 7
    assert read(ninjs(pubstatus="withheld", body_text="A."))[0].skipped == EMBARGOED
    assert read(ninjs(embargoed="2026-03-11T00:00:00Z", body_text="A."))[0].skipped == EMBARGOED
    assert read(ninjs(type="picture", description_text="Una foto."))[0].skipped == NOT_TEXT
    dated = article_of(ninjs(body_text="A.", firstcreated="2026-03-06T11:00:00Z", version="1.2"))
    assert dated.version == 3600
    assert notes_of(ninjs(description_text="Lo esencial.")) == ("no body, so the description",)
    assert "no body" in reason_of(ninjs())


@pytest.mark.parametrize("odd", [None, 1, [], {}, [None], [[]], True, "", {"value": 1}, [{"value": []}]])
def test_ninjs_with_values_of_the_wrong_kind_is_refused_not_raised(odd: Any) -> None:
    for name in ("type", "bodies", "headlines", "version", "people", "infosources", "language", "body_text"):
        for entry in read(ninjs(**{"headlines": [], name: odd})):
            assert entry.error or entry.article or entry.skipped


def test_json_holds_ours_and_ninjs_side_by_side(tmp_path: Path) -> None:
    path = tmp_path / "mixed.jsonl.gz"
    ours = json.dumps({"text": "Ana habló.", "published": "2026-03-06", "version": 2})
    path.write_bytes(gzip.compress("\n".join([ours, ninjs(body_text="Luis."), "roto"]).encode()))
    first, second, third = read_file(path, OPTIONS)
    assert first.article is not None and first.fixed_version
    assert second.article is not None and second.article.text == "Luis."
    assert third.error is not None and third.place.endswith(":3")


def test_json_a_list_over_several_lines_is_read() -> None:
    entries = read("[\n" + ninjs(body_text="Luis.") + "\n,\n" + ninjs(body_text="Ana.", uri="u-2") + "]")
    assert [entry.article.text for entry in entries if entry.article] == ["Luis.", "Ana."]


@pytest.mark.parametrize("name", ["items", "_items", "articles", "data", "results"])
def test_json_a_list_within_an_answer_is_read(name: str) -> None:
    listed = [json.loads(ninjs(body_text="Luis.")), json.loads(ninjs(body_text="Ana.", uri="u-2"))]
    entries = read(json.dumps({"total": 2, name: listed}))
    assert [entry.article.text for entry in entries if entry.article] == ["Luis.", "Ana."]


def test_json_a_document_is_read_whatever_its_name() -> None:
    spread = ninjs(body_text="Luis.").replace(", ", ",\n")
    assert article_of(spread).text == "Luis."


def test_json_a_broken_first_line_is_one_line_whatever_the_name() -> None:
    first, second = read('{"text": "A\n{"text": "Ana.", "published": "2026-03-06"}\n')
    assert first.error is not None
    assert second.article is not None


def test_json_a_broken_first_line_of_jsonl_does_not_hide_the_rest(tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl"
    path.write_text('roto\n{"text": "Ana.", "published": "2026-03-06"}\n', "utf-8")
    first, second = read_file(path, OPTIONS)
    assert first.error is not None
    assert second.article is not None


def test_text_the_sample_has_a_spanish_header(samples: Path) -> None:
    (entry,) = read_file(samples / "feeds" / "boletin.txt", OPTIONS)
    article = entry.article
    assert article is not None
    assert article.id == "boletin-2026-031"
    assert article.published.isoformat() == "2026-03-09T13:05:00+00:00"
    assert article.source == "Boletín de la Universidad"
    assert article.text.startswith(
        "La rectora de la Universidad de Salamanca, Mencía Robledo, recibió este lunes"
    )
    assert len(article.text.split("\n")) == 2
    assert entry.notes == ("time without zone, taken as UTC",)


def test_text_without_a_header_needs_a_date() -> None:
    assert "there is no date" in reason_of("Ana visitó Lima.")
    given = ReadingOptions(max_bytes=10**6, published="2026-03-06")
    assert article_of("Ana visitó Lima.", given).published.isoformat() == "2026-03-06"
    assert notes_of("Ana visitó Lima.", given) == ("no date, so the one given on the command line",)


def test_text_a_withdrawal_and_a_version() -> None:
    article = article_of("Id: b-1\nFecha: 2026-03-06\nVersión: 2\nEstado: anulada\n")
    assert article.withdrawn
    assert article.version == 2


def test_text_latin_1_is_read_and_said() -> None:
    text = "Fecha: 6 de marzo de 2026\n\nHabló Ibáñez."
    assert article_of(text.encode("cp1252")).text == "Habló Ibáñez."
    assert notes_of(text.encode("cp1252")) == ("not UTF-8: read as Windows-1252",)


@pytest.mark.parametrize(
    "data",
    [b"", b"  \n", b"\xff\xd8\xff\xe0\x00\x10JFIF\x00\x01\x00\x00\x00", b"PK\x03\x04\x00\x00\x00\x00\x00"],
)
def test_what_is_no_document_says_so(data: bytes) -> None:
    assert reason_of(data).startswith("decode: ")
