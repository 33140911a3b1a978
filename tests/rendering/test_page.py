"""The page: everything escaped, nothing loaded, every character of the text still there."""

import base64
import hashlib
import re
from html.parser import HTMLParser

from hypothesis import given
from hypothesis import strategies as st

from schemas import (
    Act,
    Article,
    ArticleReference,
    Event,
    Extractor,
    Kind,
    Participant,
    SigningEvent,
    StatementEvent,
    StatementKind,
    span_of,
)
from streams.rendering.marks import Mark, marks_of, segments
from streams.rendering.page import page_article, page_foot, page_head
from tests.builders import make_article

HOSTILE = '<script>alert("1")</script> & \'"><img src=x onerror=alert(1)> firmó «ya», dijo </div></article>'


class Reader(HTMLParser):
    """Elements with their attributes, and the text of the marked text's box."""

    def __init__(self) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.text = ""
        self.titles: list[str] = []
        self._inside = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        found = dict(attrs)
        self.tags.append((tag, found))
        self._inside |= found.get("class") == "text"
        if title := found.get("title"):
            self.titles.append(title)

    def handle_endtag(self, tag: str) -> None:
        self._inside &= tag != "div"

    def handle_data(self, data: str) -> None:
        if self._inside:
            self.text += data


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
    assert not {tag for tag, _ in reader.tags} & {"script", "img", "iframe", "link", "a"}
    assert not [name for _, attributes in reader.tags for name in attributes if name.startswith(("on", "x"))]
    assert reader.text == HOSTILE


def test_page_links_only_to_the_web() -> None:
    article = make_article(url='https://example.org/?a="><b>')
    links = [attributes["href"] for tag, attributes in read(whole(article)).tags if tag == "a"]
    assert links == ['https://example.org/?a="><b>']


def test_page_policy_allows_its_own_style_and_nothing_else() -> None:
    html = whole(make_article())
    [policy] = re.findall(r'http-equiv="Content-Security-Policy" content="([^"]*)"', html)
    [style] = re.findall(r"<style>(.*?)</style>", html, re.DOTALL)
    digest = base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()
    assert policy.split("; ")[:2] == ["default-src 'none'", f"style-src 'sha256-{digest}'"]
    assert not [attributes for _, attributes in read(html).tags if "style" in attributes]


def test_page_tells_on_hovering_what_a_mark_is() -> None:
    article = make_article("Rojas firmó. «Ya», dijo.")
    titles = read(whole(article, signing(article), statement(article))).titles
    assert "signing 1, signatory: Rojas" in titles[1]
    assert "statement 2, content: say, direct" in titles[0]


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
        position = end
    assert position == len(text)


def test_marks_name_the_event_by_its_number() -> None:
    article = make_article("Rojas firmó. «Ya», dijo.")
    labels = [mark.label for mark in marks_of([signing(article), statement(article)])]
    assert labels == [
        "signing 1, signatory: Rojas",
        "signing 1, trigger: asserted",
        "statement 2, content: say, direct",
        "statement 2, trigger: asserted",
    ]
