"""The page: everything escaped, nothing loaded, every character of the text still there."""

import base64
import hashlib
import re
from html.parser import HTMLParser
from importlib.resources import files

from hypothesis import given
from hypothesis import strategies as st

from schemas import (
    Act,
    Article,
    ArticleReference,
    Basis,
    Event,
    EventDate,
    Extractor,
    Factuality,
    Kind,
    Participant,
    Place,
    ResolvedBy,
    SigningEvent,
    Source,
    StatementEvent,
    StatementKind,
    span_of,
)
from streams.rendering.marks import Mark, marks_of, segments
from streams.rendering.page import page_article, page_foot, page_head
from streams.rendering.parts import find_name
from tests.builders import make_article

HOSTILE = '<script>alert("1")</script> & \'"><img src=x onerror=alert(1)> firmó «ya», dijo </div></article>'


class Reader(HTMLParser):
    """Elements with their attributes, and the text of the marked text's box."""

    def __init__(self) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.text = ""
        self.card = ""
        self.script = ""
        self._inside = False
        self._tag = ""
        self._in_cards = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        found = dict(attrs)
        self._tag = tag
        self._in_cards |= found.get("class") == "events"
        self.tags.append((tag, found))
        self._inside |= found.get("class") == "text"

    def handle_endtag(self, tag: str) -> None:
        self._tag = ""
        self._inside &= tag != "div"
        self._in_cards &= tag != "ol"

    def handle_data(self, data: str) -> None:
        if self._tag == "script":
            self.script += data
        elif self._inside:
            self.text += data
        elif self._in_cards:
            self.card += data

    def ids(self) -> list[str | None]:
        """Every id of the page, in order."""
        return [attributes["id"] for _, attributes in self.tags if "id" in attributes]


def read(html: str) -> Reader:
    reader = Reader()
    reader.feed(html)
    return reader


def signing(article: Article, *, name: str = "Rojas") -> SigningEvent:
    start = article.text.index("firmó")
    trigger = span_of(article.text, start, start + 5)
    return SigningEvent(
        id="1",
        article=ArticleReference(id=article.id, published=article.published),
        triggers=(trigger,),
        participants=(Participant(role="signatory", name=name, kind=Kind.PERSON, mentions=(trigger,)),),
        confidence=0.5,
        extractor=Extractor(version="0", model="none"),
    )


def statement(article: Article) -> StatementEvent:
    start = article.text.index("dijo")
    return StatementEvent(
        id="2",
        article=ArticleReference(id=article.id, published=article.published),
        triggers=(span_of(article.text, start, start + 4),),
        act=Act.SAY,
        kind=StatementKind.DIRECT,
        content=(span_of(article.text, 0, start),),
        confidence=0.5,
        extractor=Extractor(version="0", model="none"),
    )


def whole(article: Article, *events: Event) -> str:
    return page_head() + page_article(article, events) + page_foot()


def test_page_escapes_every_piece_of_foreign_text() -> None:
    article = make_article(
        HOSTILE, title=HOSTILE, source=HOSTILE, id=HOSTILE, url="javascript:alert(1)", language='es" x="'
    )
    reader = read(whole(article, signing(article, name=HOSTILE), statement(article)))
    assert not {tag for tag, _ in reader.tags} & {"img", "iframe", "link", "object", "form"}
    links = [attributes["href"] for tag, attributes in reader.tags if tag == "a"]
    assert [link for link in links if not re.fullmatch("#a1c[0-9]+", link or "")] == []
    assert not [name for _, attributes in reader.tags for name in attributes if name.startswith(("on", "x"))]
    assert reader.text == HOSTILE


def test_an_article_without_a_title_is_called_by_its_beginning() -> None:
    assert ">Rojas firmó.</h2>" in page_article(make_article("Rojas firmó."), [])


def test_page_links_only_to_the_web() -> None:
    article = make_article(url='https://example.org/?a="><b>')
    links = [attributes["href"] for tag, attributes in read(whole(article)).tags if tag == "a"]
    assert links == ['https://example.org/?a="><b>']


def digest(asset: str) -> str:
    return base64.b64encode(hashlib.sha256(asset.encode()).digest()).decode()


def test_page_policy_allows_its_own_style_and_script_and_nothing_else() -> None:
    html = whole(make_article(HOSTILE), statement(make_article(HOSTILE)))
    [policy] = re.findall(r'http-equiv="Content-Security-Policy" content="([^"]*)"', html)
    [style] = re.findall(r"<style>(.*?)</style>", html, re.DOTALL)
    reader = read(html)
    assert policy.split("; ") == [
        "default-src 'none'",
        f"style-src 'sha256-{digest(style)}'",
        f"script-src 'sha256-{digest(reader.script)}'",
        "base-uri 'none'",
        "form-action 'none'",
    ]
    assert [attributes for tag, attributes in reader.tags if tag == "script"] == [{}]
    assert not [attributes for _, attributes in reader.tags if "style" in attributes]


def test_script_never_reads_text_as_markup_and_loads_nothing() -> None:
    script = files("streams.rendering").joinpath("page.js").read_text("utf-8")
    for door in ("innerHTML", "outerHTML", "insertAdjacent", "document.write", "eval", "fetch", "import"):
        assert door not in script
    assert re.findall(r"https?:[^\"]*", script) == ["http://www.w3.org/2000/svg"]  # a name, never loaded
    assert "</script" not in script.lower()


def test_cards_lead_into_the_text() -> None:
    """Without a script, a link is how an editor gets from a part to its words."""
    article = make_article("Rojas firmó. «Ya», dijo.")
    pages = [page_article(article, [signing(article), statement(article)], number=n) for n in (1, 2)]
    reader = read("".join(pages))
    targets = [attributes["href"] for tag, attributes in reader.tags if tag == "a"]
    assert len(targets) > 6
    assert {(target or "").removeprefix("#") for target in targets} <= set(reader.ids())
    assert len(reader.ids()) == len(set(reader.ids()))


def test_cards_tell_every_part_and_why() -> None:
    article = make_article("Rojas llegó. Ayer el ministro firmó.", published="2024-05-10")
    event = signing(article)
    [signatory] = event.participants
    event = event.model_copy(
        update={
            "participants": (
                signatory.model_copy(update={"resolved_by": ResolvedBy.COREFERENCE, "country": "CL"}),
            ),
            "date": EventDate(
                value="2024-05-09", basis=Basis.RELATIVE, mention=span_of(article.text, 13, 17)
            ),
            "place": Place(name="Lima", country="PE"),
            "factuality": Factuality.PLANNED,
            "attribution": (Source(name="Radio Sur", kind=Kind.ORGANIZATION),),
        }
    )
    told = " ".join(read(whole(article, event)).card.split())
    for piece in (
        "1 signing: planned 50%",
        "planned: scheduled, announced or promised",
        "signatory Rojas",
        "named at “Rojas” person, CL; coreference: these words refer back to the name",
        "date 2024-05-09 “Ayer” relative: counted from publication on 2024-05-10",
        "place Lima (PE) understood from the text",
        "source Radio Sur organization that the article relies on",
    ):
        assert piece in told


def test_find_name_prefers_the_last_place_before() -> None:
    text = "Ana Ruiz y Ana Ruizón. Dijo que sí Ana Ruiz."
    found = find_name(text, "Ana Ruiz", before=23)
    assert found is not None
    assert found.start == 0
    later = find_name(text, "Ana Ruiz", before=0)
    assert later is not None
    assert later.start == 0
    assert find_name(text, "Ana Sol", before=30) is None
    assert find_name("A y B", "A", before=3) is None


def test_page_tells_on_hovering_what_a_mark_is() -> None:
    article = make_article("Rojas firmó. «Ya», dijo.")
    titles = [
        title
        for tag, attributes in read(whole(article, signing(article), statement(article))).tags
        if tag == "mark" and (title := attributes.get("title"))
    ]
    assert (
        "1 signing · signatory: Rojas (person; name: named by these words or right beside them)" in titles[1]
    )
    assert "2 statement: say · content (say, direct)" in titles[0]


@given(
    text=st.text(max_size=30),
    bounds=st.lists(st.tuples(st.integers(0, 30), st.integers(0, 30)), max_size=8),
)
def test_segments_join_to_the_text_and_carry_exactly_their_marks(
    text: str, bounds: list[tuple[int, int]]
) -> None:
    clipped = [(min(pair), min(max(pair), len(text))) for pair in bounds]
    marks = [Mark(start, end, "trigger", str(i)) for i, (start, end) in enumerate(clipped) if start < end]
    position = 0
    for segment in segments(text, marks):
        end = position + len(segment.text)
        covering = {mark.label for mark in marks if mark.start <= position and end <= mark.end}
        assert {mark.label for mark in segment.marks} == covering
        assert segment.text == text[position:end]
        assert segment.start == position
        position = end
    assert position == len(text)


def test_marks_name_the_event_by_its_number() -> None:
    article = make_article("Rojas firmó. «Ya», dijo.")
    labels = [mark.label for mark in marks_of([signing(article), statement(article)], article)]
    assert labels == [
        "1 signing · trigger (asserted: told as fact)",
        "1 signing · signatory: Rojas (person; name: named by these words or right beside them)",
        "2 statement: say · trigger (asserted: told as fact)",
        "2 statement: say · content (say, direct)",
    ]
