"""A text from a person, a server or a recording is text in every output, never markup.

Each output is made twice, once with plain words in every field and once with a hostile text
in every field. The two must have the same structure. `tests/unit/test_characters.py` shows
that hidden characters do not get into these fields at all.
"""

import csv
import hashlib
import io
import json
import re
from collections.abc import Mapping
from dataclasses import replace
from email.message import EmailMessage
from html.parser import HTMLParser
from pathlib import Path
from xml.etree import ElementTree  # nosec B405 # parses our own charts only

import pytest

from bot.channels.clients.mail_message import MailHeaders, compose
from bot.channels.clients.matrix import text_message
from bot.channels.file import FileChannel, FileConfig
from bot.cli.output.tables import print_table
from bot.clock import StillClock
from bot.model.attribution import (
    Attribution,
    AttributionAct,
    AttributionLevel,
    AttributionStep,
    CauseClaim,
    attributions_from_steps,
)
from bot.model.entity import Entity, EntityKind
from bot.model.event import Correction, Credit
from bot.model.incident import EventKind
from bot.model.verdict import Check, CheckName
from bot.site.data_files import HEADER
from tests.builders import event, facts, network, regions
from tests.contract.rigs.rig import make_post
from tests.contract.stored import T0
from tests.unit.test_pages import delivery_of, publish, report_of

PLAIN = "Words"
MARKUP = (
    "</p></title><script>alert(1)</script><img src=x onerror=a()>\"'><b>&lt;&amp;"
    "{{ 7*7 }}{% raise %}${x}{0}%s $a_1^2$ [red]r[/red] [t](javascript:a) `c` *b* _i_ |x|"
)
HOSTILE = {
    "markup": MARKUP,
    "formula": '=HYPERLINK("http://evil.example","a"),+1',
    "separators": "a,b;c d\"e'f|g",
    "addresses": "javascript:alert(1) data:text/html,x //evil.example ..\\..\\x",
}
INCIDENT = "KZ-2022-0104"
BIG = "../../../../etc/passwd"
_FORMULAS = ("=", "+", "-", "@", "\t", "\r")


def attributions(text: str) -> tuple[Attribution, ...]:
    """Return one attribution of each level, with `text` in every field."""
    steps = []
    for number, level in enumerate(AttributionLevel, 1):
        claim = CauseClaim(
            level,
            f"statement{number} {text}",
            f"who{number} {text}",
            f"https://n.example/{number}?q={text}",
            f"javascript:archived{number} {text}",
            f"alternative{number} {text}" if level is AttributionLevel.A2 else "",
        )
        for act, by in ((AttributionAct.ADD, "Ada"), (AttributionAct.SIGN, "Grace")):
            reason = f"private {text}"
            given = claim if act is AttributionAct.ADD else None
            steps.append(AttributionStep(INCIDENT, number, act, by, reason, T0, given))
    withdrawal = AttributionStep(
        INCIDENT, 1, AttributionAct.WITHDRAW, "Ada", f"withdrawn {text}", T0
    )
    return attributions_from_steps([*steps, withdrawal])


def write_site(site: Path, text: str) -> None:
    """Write a site with `text` in every field that comes from outside."""
    own = facts()
    signed = tuple(
        Credit(c.signal, f"{text} credit", f"{text} licence", f"javascript:{text}")
        for c in own.sources.credits
    )
    parts: dict[str, float | None] = {
        text.replace("/", "|"): 0.02,
        f"x/{BIG}": 0.03,
        f"y {text[:9]}": 0.04,
    }
    shown = facts(
        credits=signed,
        regions=regions("KZ", parts),
        networks=(network("9198", 0.02),),
        checks=(
            Check(CheckName.ROUTES_WITHOUT_SERVICE, passed=None, note=f"note {text}"),
        ),
    )
    first = event(facts=shown)
    correction = Correction(statement=f"statement0 {text}")
    second = event(EventKind.CORRECTED, 2, facts=replace(shown, correction=correction))
    report = report_of(site, first, second)
    post = delivery_of(first, f"posted {text}", f"javascript:{text}")
    publish(site, replace(report, deliveries=(post,), attributions=attributions(text)))


class Structure(HTMLParser):
    """Collects the tags of a page with the names of their attributes, and its links."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, tuple[str, ...]]] = []
        self.links: list[str] = []
        self.text: list[str] = []
        self.feed(page)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, tuple(name for name, _ in attrs)))
        self.links += [v or "" for name, v in attrs if name in {"href", "src"}]

    def handle_data(self, data: str) -> None:
        self.text.append(data)


# The site is drawn for each text, so only one of them is in the quick tests.
@pytest.fixture(
    scope="module",
    params=[
        name if name == "markup" else pytest.param(name, marks=pytest.mark.slow)
        for name in HOSTILE
    ],
)
def text(request: pytest.FixtureRequest) -> str:
    return HOSTILE[request.param]


@pytest.fixture(scope="module")
def hostile(text: str, tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, str]:
    site = tmp_path_factory.mktemp("hostile")
    write_site(site, text)
    return site, text


@pytest.fixture(scope="module")
def plain(text: str, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A site of words that are as long: a page shows shorter texts of a long one."""
    site = tmp_path_factory.mktemp("plain")
    write_site(site, ("w" * len(text)))
    return site


def files(site: Path) -> dict[str, Path]:
    """Return the files of a site by their paths.

    A picture shows the texts, so its id depends on them. In the paths, ids of pictures are
    therefore replaced by the names of the pictures.
    """
    pictures = {
        hashlib.sha256(p.read_bytes()).hexdigest()[:12]: p.stem
        for p in (site / "i" / INCIDENT).glob("[0-9]*.png")
    }
    paths = [p.relative_to(site) for p in sorted(site.rglob("*")) if p.is_file()]
    return {
        "/".join(pictures.get(part, part) for part in path.parts): site / path
        for path in paths
    }


def test_no_text_names_a_file(plain: Path, hostile: tuple[Path, str]) -> None:
    assert files(hostile[0]).keys() == files(plain).keys()


def test_no_text_changes_the_tags_of_a_page(
    plain: Path, hostile: tuple[Path, str]
) -> None:
    site, text = hostile
    pages = files(site)
    for name, path in files(plain).items():
        if path.suffix != ".html":
            continue
        expected = Structure(path.read_text("utf-8"))
        page = Structure(pages[name].read_text("utf-8"))
        assert page.tags == expected.tags, name
        assert not [a for a in page.links if not re.match(r"https?:|mailto:|[\w.#]", a)]
        assert not [a for a in page.links if a.lower().startswith(("java", "data"))]
    shown = " ".join(Structure(_report(site).read_text("utf-8")).text)
    for field in ("statement0", "statement2", "who3", "alternative2", "withdrawn"):
        assert f"{field} {text}" in shown, f"{field} does not reach the page"
    for field in ("credit", "licence"):
        assert f"{text} {field}" in shown, f"{field} does not reach the page"
    assert "private" not in shown


def _report(site: Path) -> Path:
    return site / "i" / INCIDENT / "index.html"


def test_no_text_changes_the_keys_of_a_data_file(
    plain: Path, hostile: tuple[Path, str]
) -> None:
    site, text = hostile
    for name in (n for n in files(plain) if n.endswith(".json")):
        expected, found = (
            json.loads((folder / name).read_text("utf-8")) for folder in (plain, site)
        )
        assert _keys(found) == _keys(expected), name
    summary = json.loads((_report(site).parent / "incident.json").read_text("utf-8"))
    assert summary["statement"] == f"statement0 {text}"
    assert "private" not in json.dumps(summary)


def _keys(value: object) -> object:
    if isinstance(value, Mapping):
        return {key: _keys(inner) for key, inner in value.items()}
    return [_keys(inner) for inner in value] if isinstance(value, list) else None


def test_no_text_changes_the_cells_of_a_table(
    plain: Path, hostile: tuple[Path, str]
) -> None:
    site, text = hostile
    for name in (n for n in files(plain) if n.endswith(".csv")):
        rows, expected = (
            list(csv.reader(io.StringIO((folder / name).read_text("utf-8"))))
            for folder in (site, plain)
        )
        assert len(rows) == len(expected) > 100
        assert {len(row) for row in rows} == {len(HEADER)}
        assert not [c for row in rows for c in row if c.startswith(_FORMULAS)]
        assert any(f"{text} credit" in cell for row in rows for cell in row)


def test_no_text_becomes_an_element_of_a_chart(hostile: tuple[Path, str]) -> None:
    site, _ = hostile
    charts = list(site.rglob("*.svg"))
    assert charts
    for chart in charts:
        elements = list(ElementTree.parse(chart).iter())  # nosec B314 # noqa: S314 - ours
        kinds = {e.tag.rpartition("}")[2] for e in elements}
        assert not kinds & {"script", "foreignObject", "a", "iframe", "b", "img"}
        attributes = {name for e in elements for name in e.attrib}
        assert not [name for name in attributes if name.startswith("on")]


@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE)
def test_no_text_changes_the_form_of_a_message(tmp_path: Path, text: str) -> None:
    """Posts of mail, Matrix and files have the fields that a plain post has."""
    posts = [make_post(f"{start} first\n\n{start} second") for start in (PLAIN, text)]
    heading = MailHeaders("wire@news.example", ("desk@news.example",))
    expected, mail = (compose(post, None, heading) for post in posts)
    assert mail.keys() == expected.keys()
    assert str(mail["Subject"]).split() == f"{text} first".split()
    assert _tags(mail) == _tags(expected)
    assert text_message(posts[1].text).keys() == {"msgtype", "body", "m.mentions"}
    channel = FileChannel(
        "wire", FileConfig(path=tmp_path / "posts.jsonl"), StillClock(T0)
    )
    channel.send(replace(posts[1], picture=None), None)
    (line,) = (tmp_path / "posts.jsonl").read_text("utf-8").splitlines()
    assert json.loads(line)["text"] == posts[1].text


def _tags(mail: EmailMessage) -> list[str]:
    page = mail.get_body(("html",))
    assert page is not None
    # The first web address of a text is a link: that is no structure of the text's own.
    tags = [tag for tag, _ in Structure(page.get_content()).tags]
    return [tag for tag in tags if tag != "a"]


@pytest.mark.parametrize(
    "text", ["a\x1b]0;title\x07", "a\nforged row", "a\r\x08", "\u202eb"]
)
def test_a_table_on_a_terminal_has_one_line_for_each_row(
    text: str, capsys: pytest.CaptureFixture[str]
) -> None:
    print_table(("draft", "note"), [("1", text), ("2", "plain")])
    lines = capsys.readouterr().out.split("\n")
    assert len(lines) == 4
    assert all(line.isprintable() for line in lines)


def test_no_code_of_a_place_is_a_path_or_a_line() -> None:
    """File names are made from ids of incidents, and these from countries alone."""
    assert Entity(EntityKind.REGION, f"KZ/{BIG}").country == "KZ"
    for code in ("KZ/a\nb", "KZ/a\x1bb", "KZ/\u202eb", "../x", "KZ//x", "kz/x"):
        with pytest.raises(ValueError, match="not an entity"):
            Entity(EntityKind.REGION, code)
