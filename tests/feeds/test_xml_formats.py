"""NITF, NewsML 1.2 and NewsML-G2, as the standards have them and as real files have them."""

from pathlib import Path

import pytest
from lxml import etree

from streams.feeds import read_file
from streams.feeds.drafts import EMBARGOED, NOT_TEXT
from tests.feeds.reading import OPTIONS, article_of, notes_of, read, reason_of

NITF = """<nitf><head><docdata management-status="{status}">
<doc-id id-string="{id}" regsrc="M"/><date.issue norm="{date}"/>{more}</docdata></head>
<body><body.head><hedline><hl1>Título</hl1></hedline><byline>Por Eva Ruiz</byline></body.head>
<body.content>{body}</body.content></body></nitf>"""


def nitf(
    body: str = "<p>Ana visitó Lima.</p>",
    status: str = "usable",
    id: str = "n-1",
    date: str = "20260306T081500+0100",
    more: str = "",
) -> str:
    return NITF.format(body=body, status=status, id=id, date=date, more=more)


def test_nitf_the_sample_is_read_from_latin_1(samples: Path) -> None:
    (entry,) = read_file(samples / "feeds" / "visita.nitf", OPTIONS)
    article = entry.article
    assert article is not None
    assert article.id == "MERIDIANO:30511873"
    assert article.source == "Agencia Meridiano"
    assert article.language == "es"
    assert article.authors == (), "initials are nobody's name"
    assert article.published.isoformat() == "2026-03-06T08:15:00+00:00"
    first, second = article.text.split("\n")
    assert first.startswith("Lisboa, 6 mar (Meridiano).- La canciller de Paraguay, Nélida Ayala, llegó")
    assert second.endswith("según informó su oficina.")


def test_nitf_a_later_issue_of_the_same_id_is_a_higher_version() -> None:
    before, after = article_of(nitf()), article_of(nitf(date="20260306T093000+0100"))
    assert before.id == after.id
    assert after.version - before.version == 75 * 60


def test_nitf_a_correction_takes_the_id_of_what_it_corrects() -> None:
    corrected = article_of(nitf(id="n-2", more='<correction id-string="n-1" info="nombre"/>'))
    assert corrected.id == article_of(nitf(id="n-1")).id == "M:n-1"


def test_nitf_the_providers_version_counts_before_dates() -> None:
    (entry,) = read(nitf(more='<du-key key="lima" version="4"/>'))
    assert entry.article is not None and entry.article.version == 4
    assert entry.fixed_version


def test_nitf_a_killed_article_is_withdrawn_without_text() -> None:
    killed = article_of(nitf(body="", status="canceled"))
    assert killed.withdrawn
    assert killed.text == ""


def test_nitf_an_embargo_holds_until_its_end() -> None:
    (held,) = read(nitf(status="embargoed", more='<date.release norm="20260311T000000Z"/>'))
    assert held.skipped == EMBARGOED
    over = article_of(nitf(status="embargoed", more='<date.release norm="20260309T000000Z"/>'))
    assert over.text == "Ana visitó Lima."
    assert read(nitf(status="withheld"))[0].skipped == EMBARGOED


@pytest.mark.parametrize(
    ("body", "text"),
    [
        ("Ana visitó Lima.\n\nLuis habló.", "Ana visitó Lima.\nLuis habló."),
        ("   Ana visitó\nLima.\n   Luis habló.", "Ana visitó Lima.\nLuis habló."),
        ("<![CDATA[<p>Ana visit&oacute; Lima.</p><p>Luis.</p>]]>", "Ana visitó Lima.\nLuis."),
        ("&lt;p&gt;Ana visitó Lima.&lt;/p&gt;&lt;p&gt;Luis.&lt;/p&gt;", "Ana visitó Lima.\nLuis."),
        (
            "&amp;lt;p&amp;gt;Ana visitó Lima.&amp;lt;/p&amp;gt; &amp;lt;p&amp;gt;Luis.",
            "Ana visitó Lima.\nLuis.",
        ),
        ("<p>Ana visit&oacute;&nbsp;Lima.</p>", "Ana visitó Lima."),
        ("<p>Ana &#147;habló&#148;.</p>", "Ana “habló”."),
        ("<p>Ruiz & Hijos firmó.</p><hl2>Cifras</hl2><p>Dos.</p>", "Ruiz & Hijos firmó.\nCifras\nDos."),
        ("<p>Uno.<br/>Dos.</p><media><media-caption>Foto.</media-caption></media>", "Uno.\nDos."),
        ("<p>Uno <em>y</em> dos.</p><table><tr><td>A</td><td>1</td></tr></table>", "Uno y dos.\nA 1"),
        ("<p>Uno.\x0b</p>", "Uno."),
    ],
)
def test_nitf_bodies_become_clean_paragraphs(body: str, text: str) -> None:
    assert article_of(nitf(body=body)).text == text


def test_nitf_namespaces_may_be_there_missing_or_undeclared() -> None:
    plain = nitf()
    declared = plain.replace("<nitf>", '<nitf xmlns="http://iptc.org/std/NITF/2006-10-18/">')
    prefixed = plain.replace("<", "<n:").replace("<n:/", "</n:")
    assert article_of(declared).text == article_of(prefixed).text == article_of(plain).text


def test_nitf_without_body_content_or_head_is_still_read() -> None:
    bare = "<nitf><body><p>Ana visitó Lima.</p></body></nitf>"
    assert "there is no date" in reason_of(bare)
    dated = bare.replace("<body>", '<head><pubdata date.publication="20260306"/></head><body>')
    assert article_of(dated).published.isoformat() == "2026-03-06"
    assert article_of(dated).version == 0


def test_nitf_an_abstract_stands_in_for_a_missing_body() -> None:
    text = nitf(body="").replace("</body.head>", "<abstract><p>Lo esencial.</p></abstract></body.head>")
    assert article_of(text).text == "Lo esencial."
    assert "no body, so the abstract" in notes_of(text)


def test_xml_mistakes_are_mended_and_said() -> None:
    assert "XML with mistakes, repaired" in notes_of(nitf(body="<p>Ruiz & Hijos.</p>"))


def test_xml_that_breaks_off_is_refused() -> None:
    assert "cut off" in reason_of(nitf()[:-40])


def test_xml_entities_and_external_documents_are_never_opened(tmp_path: Path) -> None:
    secret = tmp_path / "secret"
    secret.write_text("SECRETO", "utf-8")
    external = f'<!DOCTYPE nitf [<!ENTITY x SYSTEM "{secret.as_uri()}">]>' + nitf(body="<p>A &x;</p>")
    assert "entities of its own" in reason_of(external)
    laughs = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 10))
    assert "entities of its own" in reason_of(
        f'<!DOCTYPE nitf [<!ENTITY l0 "ja">{laughs}]>' + nitf(body="<p>&l9;</p>")
    )
    dtd = f'<!DOCTYPE nitf SYSTEM "{secret.as_uri()}">' + nitf()
    assert article_of(dtd).text == "Ana visitó Lima."
    included = nitf(body='<p>Ana.</p><xi:include href="secret" xmlns:xi="http://www.w3.org/2001/XInclude"/>')
    assert article_of(included).text == "Ana."


def test_xml_utf_16_does_not_hide_entities() -> None:
    bomb = '<?xml version="1.0" encoding="utf-16"?><!DOCTYPE nitf [<!ENTITY a "b">]>' + nitf("&a;")
    assert "entities of its own" in reason_of(bomb.encode("utf-16"))
    assert article_of(f'<?xml version="1.0" encoding="utf-16"?>{nitf()}'.encode("utf-16")).id == "M:n-1"


def test_xml_too_deep_or_too_large_is_refused() -> None:
    assert reason_of(nitf(body="<p>" * 5000 + "</p>" * 5000)).startswith("decode: the XML is beyond")
    small = OPTIONS.__class__(max_bytes=4096, max_payload_bytes=2048)
    assert reason_of(nitf(body="a" * 3000), small).startswith("too-large: it has")


def test_xml_entities_that_are_declared_but_not_used_are_harmless() -> None:
    """As in AFP's own files, whose document type names a DTD by a parameter entity."""
    afp = (
        '<!DOCTYPE NewsML PUBLIC "urn:newsml:iptc.org:20001006:NewsMLv1.0:1" "http://a.example/n.dtd" [\n'
        '<!ENTITY % nitf SYSTEM "http://a.example/nitf-2-5.dtd"> %nitf; ]>\n'
    )
    assert (
        article_of('<?xml version="1.0" encoding="iso-8859-1"?>\n' + afp + newsml()).text
        == "Ana visitó Lima."
    )
    assert article_of('<!DOCTYPE nitf [<!ENTITY efe "Agencia EFE">]>' + nitf()).text == "Ana visitó Lima."
    nested = '<!DOCTYPE a [<!ENTITY a "]>"><!ENTITY b "&a;">]>'
    assert reason_of(nested + nitf(body="<p>&b;</p>")).startswith("decode")
    hidden = "<!DOCTYPE nitf [<!ENTITY % x \"<!ENTITY y SYSTEM 'file:///etc/hostname'>\"> %x; ]>"
    assert "entities of its own" in reason_of(hidden + nitf(body="<p>Ana.</p><p>&y;</p>"))


def test_newsml1_a_day_alone_is_no_dateline_and_initials_are_no_author() -> None:
    lines = "<NewsLines><DateLine>6 Mar. 2026</DateLine></NewsLines>"
    creator = (
        "<AdministrativeMetadata><Creator><Party FormalName='rgd/icn'/></Creator></AdministrativeMetadata>"
    )
    article = article_of(newsml(content=lines + creator + CONTENT.format("<p>Ana visitó Lima.</p>")))
    assert article.text == "Ana visitó Lima."
    assert article.authors == ()


@pytest.mark.parametrize(
    "opening",
    [
        "Lima, 6 mar (AFP) - Ana habló.",
        "LIMA, Dist. (AFP) _ Ana habló.",
        "(ANSA) - Lima, 6 marzo - Ana habló.",
        "LIMA (PERÚ), 6 (EUROPA PRESS)",
    ],
)
def test_newsml1_a_dateline_that_the_body_has_is_not_put_before_it(opening: str) -> None:
    lines = "<NewsLines><DateLine>Lima, 6 mar 2026 (AFP) -</DateLine></NewsLines>"
    assert article_of(newsml(content=lines + CONTENT.format(f"<p>{opening}</p>"))).text == opening


def test_europa_press_the_sample(samples: Path) -> None:
    (entry,) = read_file(samples / "feeds" / "nota.europapress.xml", OPTIONS)
    article = entry.article
    assert article is not None
    assert (article.id, article.source) == ("urn:europapress:AN:20260306193012", "Europa Press")
    assert article.published.isoformat() == "2026-03-06T19:30:12+00:00"
    assert article.title == "La alcaldesa de Barbate recibe a una delegación de Larache"
    dateline, first, second = article.text.split("\n")
    assert dateline == "BARBATE (CÁDIZ), 6 Mar. (MERIDIANO) -"
    assert first.endswith("una delegación de la ciudad marroquí de Larache.")
    assert second.startswith("Melero ha anunciado")


def test_newsml1_the_sample_and_its_kill_share_an_id(samples: Path) -> None:
    (first,) = read_file(samples / "feeds" / "acuerdo.newsml.xml", OPTIONS)
    (kill,) = read_file(samples / "feeds" / "acuerdo-anulado.newsml.xml", OPTIONS)
    assert first.article is not None and kill.article is not None
    assert first.article.id == kill.article.id == "urn:newsml:meridiano.example:20260306T101203Z:TX-LIM-KQ204"
    assert (first.article.version, first.article.withdrawn) == (1, False)
    assert (kill.article.version, kill.article.withdrawn) == (2, True)
    assert first.article.text.startswith("Lima, 6 mar 2026 (Meridiano) - La ministra peruana")
    assert first.article.title == "Perú y Noruega firman un acuerdo de pesca"
    assert first.notes == ("dateline, kept apart from the body, put before it",)


NEWSML = """<NewsML><NewsItem><Identification><NewsIdentifier><ProviderId>m.example</ProviderId>
<DateId>20260306</DateId><NewsItemId>x</NewsItemId><RevisionId PreviousRevision="0" Update="N">1</RevisionId>
</NewsIdentifier></Identification><NewsManagement><NewsItemType FormalName="News"/>
<FirstCreated>20260306T081500</FirstCreated><Status FormalName="{status}"/>{managed}</NewsManagement>
<NewsComponent>{content}</NewsComponent></NewsItem></NewsML>"""
CONTENT = "<ContentItem><MediaType FormalName='Text'/><DataContent>{}</DataContent></ContentItem>"


def newsml(
    body: str = "<p>Ana visitó Lima.</p>", status: str = "Usable", managed: str = "", content: str = ""
) -> str:
    return NEWSML.format(status=status, managed=managed, content=content or CONTENT.format(body))


@pytest.mark.parametrize(
    "body",
    [
        "<p>Ana visitó Lima.</p><p>Luis.</p>",
        "<nitf><body><body.content><p>Ana visitó Lima.</p><p>Luis.</p></body.content></body></nitf>",
        "<html><body><p>Ana visitó Lima.</p><p>Luis.</p></body></html>",
        "<![CDATA[<p>Ana visitó Lima.</p><p>Luis.</p>]]>",
        "Ana visitó Lima.\n\nLuis.",
    ],
)
def test_newsml1_bodies_of_all_kinds_are_read(body: str) -> None:
    assert article_of(newsml(body)).text == "Ana visitó Lima.\nLuis."


def test_newsml1_without_zone_takes_the_one_of_the_options() -> None:
    from zoneinfo import ZoneInfo

    options = OPTIONS.__class__(max_bytes=10**6, zone=ZoneInfo("Europe/Madrid"))
    assert article_of(newsml(), options).published.isoformat() == "2026-03-06T08:15:00+01:00"
    assert notes_of(newsml(), options) == ("time without zone, taken as Europe/Madrid",)


def test_newsml1_captions_and_pictures_are_no_articles() -> None:
    words = CONTENT.format("<p>" + "Foto. " * 50 + "</p>")
    caption = f"<NewsComponent><Role FormalName='Caption'/>{words}</NewsComponent>"
    both = newsml(content=f"<NewsComponent>{CONTENT.format('<p>Ana.</p>')}</NewsComponent>{caption}")
    assert article_of(both).text == "Ana."
    picture = "<ContentItem Href='a.jpg'><MediaType FormalName='Photo'/></ContentItem>"
    assert read(newsml(content=picture))[0].skipped == NOT_TEXT


def test_newsml1_text_in_another_file_and_partial_updates_are_refused() -> None:
    linked = "<ContentItem Href='a.txt'><MediaType FormalName='Text'/></ContentItem>"
    assert "in another file" in reason_of(newsml(content=linked))
    partial = newsml().replace("</NewsItem>", "<Update><Replace DuidRef='a'/></Update></NewsItem>")
    assert "update of parts" in reason_of(partial)


def test_newsml1_orders_to_delete_withdraw() -> None:
    assert article_of(newsml(managed='<Instruction FormalName="Delete"/>')).withdrawn
    assert article_of(newsml(status="Canceled")).withdrawn
    assert read(newsml(status="Embargoed"))[0].skipped == EMBARGOED


def test_g2_the_sample_has_an_article_and_a_picture(samples: Path) -> None:
    first, second = read_file(samples / "feeds" / "cumbre.newsml-g2.xml", OPTIONS)
    article = first.article
    assert article is not None
    assert (article.id, article.version) == ("tag:meridiano.example,2026:cumbre-andina", 3)
    assert article.published.isoformat() == "2026-03-07T07:30:00-05:00"
    assert article.updated is not None and article.updated.isoformat() == "2026-03-07T08:55:00-05:00"
    assert article.title == "Los presidentes andinos se reunirán en Cusco"
    assert article.authors == ("Rosalía Quispe",)
    assert article.source == "Agencia Meridiano"
    assert len(article.text.split("\n")) == 2
    assert second.skipped == NOT_TEXT


G2 = """<newsItem guid="g" version="2"><itemMeta><itemClass qcode="x:text"/><provider qcode="p:M"/>
<versionCreated>2026-03-07T08:55:00Z</versionCreated>{meta}</itemMeta><contentMeta>
<headline>Título</headline></contentMeta><contentSet>{content}</contentSet></newsItem>"""


def g2(content: str = "<inlineData>Ana habló.</inlineData>", meta: str = "") -> str:
    return G2.format(content=content, meta=meta)


@pytest.mark.parametrize(
    "content",
    [
        "<inlineXML><nitf><body><body.content><p>Uno.</p><p>Dos.</p></body.content></body></nitf></inlineXML>",
        "<inlineXML><html><body><p>Uno.</p><p>Dos.</p></body></html></inlineXML>",
        "<inlineData contenttype='text/html'>&lt;p&gt;Uno.&lt;/p&gt;&lt;p&gt;Dos.&lt;/p&gt;</inlineData>",
        "<inlineData contenttype='text/plain'>Uno.\n\nDos.</inlineData>",
        "<inlineData rendition='rnd:teaser'>Es mucho más largo que todo.</inlineData>"
        "<inlineXML><p>Uno.</p><p>Dos.</p></inlineXML>",
    ],
)
def test_g2_contents_of_all_kinds_are_read(content: str) -> None:
    article = article_of(g2(content))
    assert article.text == "Uno.\nDos."
    assert article.source == "M"


def test_g2_status_embargo_and_missing_text() -> None:
    killed = article_of(g2("", '<pubStatus qcode="stat:canceled"/>'))
    assert killed.withdrawn and killed.version == 2
    assert article_of(
        g2("", '<pubStatus uri="http://cv.iptc.org/newscodes/pubstatusg2/canceled"/>')
    ).withdrawn
    assert read(g2(meta='<pubStatus qcode="stat:withheld"/>'))[0].skipped == EMBARGOED
    assert read(g2(meta="<embargoed>2026-03-11T00:00:00Z</embargoed>"))[0].skipped == EMBARGOED
    assert article_of(g2(meta="<embargoed>2026-03-09T00:00:00Z</embargoed>")).text == "Ana habló."
    assert "in another file" in reason_of(g2("<remoteContent href='a.txt'/>"))
    assert "none in the item" in reason_of(g2(""))


def test_g2_packages_are_passed_over() -> None:
    assert read('<packageItem guid="p" xmlns="http://iptc.org/std/nar/2006-10-01/"/>')[0].skipped == NOT_TEXT


def test_g2_the_sample_is_read_as_the_iptcs_own_reader_reads_it(samples: Path) -> None:
    newsmlg2 = pytest.importorskip("NewsMLG2")
    path = samples / "feeds" / "cumbre.newsml-g2.xml"
    item = etree.fromstring(path.read_bytes()).find(".//{*}newsItem")  # it does not look into messages
    theirs = newsmlg2.NewsMLG2Document(etree.tostring(item)).get_item()
    ours = next(read_file(path, OPTIONS)).article
    assert ours is not None and ours.updated is not None
    assert ours.id == theirs.guid
    assert ours.version == int(theirs.version)
    assert ours.published.isoformat() == str(theirs.itemmeta.firstcreated)
    assert ours.updated.isoformat() == str(theirs.itemmeta.versioncreated)
    assert ours.title == str(theirs.contentmeta.headline[0])
    assert ours.authors == tuple(str(creator.name[0]) for creator in theirs.contentmeta.creator)
    assert theirs.itemmeta.pubstatus.qcode == "stat:usable" and not ours.withdrawn
