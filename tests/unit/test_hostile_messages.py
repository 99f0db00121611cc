"""A hostile text is text in the payloads of channels, and on the pages of the editors.

`test_hostile_texts` shows the same of the site and its files. Here a text goes through every
registered kind of channel to its server, into the letter to the editors, the preview, the
score page and its CSV files.
"""

import csv
import io
import json
import re
from collections.abc import Iterator
from dataclasses import replace
from email import message_from_bytes, policy
from pathlib import Path
from urllib.parse import parse_qsl

import pytest

from bot.channels.registry import CHANNELS
from bot.evaluation import scorecard_page
from bot.evaluation.adjudication import (
    HEADER,
    AdjudicatedEvent,
    Adjudication,
    adjudication_sheet,
    read_adjudications,
)
from bot.evaluation.backtest import Backtest, backtest
from bot.evaluation.labels import Label, read_labels
from bot.evaluation.recording_run import RecordingResult, detections_of, run_recording
from bot.model.draft import (
    ClaimKind,
    Objection,
    ObjectionWeight,
    Outlet,
    OutletText,
    Picture,
)
from bot.model.event import Credit
from bot.model.verdict import Check, CheckName
from bot.places import load_register
from bot.rendering.preview import (
    EventPreview,
    LanguagePreview,
    OutletPreview,
    write_page,
)
from bot.sources.recording.folder import load_recording
from bot.tick.rules import AssessmentRules
from tests import stories
from tests.builders import event, facts
from tests.contract.rigs import RIGS, WITHOUT_TEXT
from tests.contract.rigs.rig import PNG, make_post
from tests.contract.stored import CHART, draft
from tests.contract.test_channels import rig_with_tokens
from tests.events import detection
from tests.servers.local import ReceivedRequest
from tests.unit.test_drafts import NO_BACKGROUND, WRITER
from tests.unit.test_hostile_texts import HOSTILE, Structure

pytestmark = pytest.mark.filterwarnings("ignore:Requiring AUTH while not requiring TLS")
QUICK = "markup"
"""The hostile text of `make test` where each text takes long; the others are slow."""
TEXTS = [pytest.param(text, id=name) for name, text in HOSTILE.items()]
ONE_QUICK = [
    pytest.param(text, id=name, marks=[] if name == QUICK else [pytest.mark.slow])
    for name, text in HOSTILE.items()
]
_FORMULAS = ("=", "+", "-", "@", "\t", "\r")


def words_like(text: str) -> str:
    """Return a harmless text of the same length."""
    return "w" * len(text)


def shape(value: object) -> object:
    """Return the keys of a JSON value, without those that stand for links in its texts."""
    if isinstance(value, dict):
        return {k: shape(inner) for k, inner in value.items() if k != "facets"}
    return [shape(inner) for inner in value] if isinstance(value, list) else None


def parts_of(request: ReceivedRequest) -> object:
    """Return the structure of a body: keys, fields, or the names of parts."""
    kind = request.headers.get("content-type", "")
    if "json" in kind:
        return shape(json.loads(request.body))
    if kind == "application/x-www-form-urlencoded":
        return [name for name, _ in parse_qsl(request.body.decode(), True)]
    if kind.startswith("multipart/"):
        head = f"Content-Type: {kind}\r\n\r\n".encode()
        message = message_from_bytes(head + request.body, policy=policy.HTTP)
        parts = message.iter_parts()
        return [part.get_param("name", header="content-disposition") for part in parts]
    return kind


def structure(request: ReceivedRequest) -> tuple[object, ...]:
    """Return what a text must not change: address, headers and parts of a request."""
    return (
        request.method,
        len(request.path.split("/")),
        [name for name, _ in parse_qsl(request.raw_query, True)],
        sorted(request.headers),
        parts_of(request),
    )


@pytest.mark.parametrize("text", TEXTS)
@pytest.mark.parametrize("kind", sorted(CHANNELS))
def test_no_text_changes_the_form_of_a_request(
    kind: str, text: str, tmp_path: Path
) -> None:
    """Posts reach the server whole, in the fields that a plain post has."""
    assert kind in RIGS
    for rig in rig_with_tokens(kind, tmp_path):
        structures = []
        # The first post may also log in or ask for limits.
        for number, words in enumerate((PLAIN, words_like(text), text), 1):
            begin = len(rig.requests)
            post = make_post(f"{words}\n\nsecond {number}", event=number)
            assert post.picture is not None
            picture = replace(post.picture, alt=f"{words} alt")
            rig.channel.send(replace(post, picture=picture), PNG)
            structures.append([structure(r) for r in rig.requests[begin:]])
        assert structures[2] == structures[1]
        if kind not in WITHOUT_TEXT:
            shown = rig.visible_posts()[-1]
            expected = rig.expected_post(f"{text}\n\nsecond 3", f"{text} alt")
            assert (shown.text.split(), shown.alt) == (
                expected.text.split(),
                expected.alt,
            )
        else:
            assert not [r for r in rig.requests if b"second" in r.body]
        # No server is asked to read the text as markup.
        bodies = b"".join(r.body for r in rig.requests)
        assert not re.search(rb"parse_mode|formatted_body", bodies)
        assert not [r for r in rig.requests if "markdown" in r.headers]
        links = re.findall(
            rb'"uri":\s*"([^"]*)"', b"".join(r.body for r in rig.requests)
        )
        assert all(link.startswith((b"http", b"at://")) for link in links)


PLAIN = "Plain words"


def test_every_text_channel_is_compared_by_its_text() -> None:
    assert set(WITHOUT_TEXT) == {"websub"}


def letter(text: str) -> str:
    """Return the letter of a draft with `text` in every field from outside."""
    own = facts()
    told = facts(
        credits=tuple(
            Credit(c.signal, f"{text} credit", c.licence, c.link)
            for c in own.sources.credits
        ),
        checks=(
            Check(CheckName.ROUTES_WITHOUT_SERVICE, passed=None, note=f"{text} note"),
        ),
    )
    step = event(facts=told)
    words = OutletText(
        "x", "en", f"{text} body", 9, opening=f"{text} opening", alt=f"{text} alt"
    )
    picture = replace(CHART, alt=f"{text} picture")
    return WRITER.review_letter(
        step, draft(step, texts=(words,), picture=picture, note=text), NO_BACKGROUND
    )


@pytest.mark.parametrize("text", TEXTS)
def test_a_letter_has_a_hostile_text_as_it_is(text: str) -> None:
    hostile, plain = letter(text), letter(words_like(text))
    for field in ("body", "opening", "alt", "picture", "credit", "note"):
        assert f"{text} {field}" in hostile, field
    # Neither the subject nor the commands to copy depend on the words of a draft, except
    # for the one that answers for unsupported words.
    assert hostile.partition("\n")[0] == plain.partition("\n")[0]
    assert commands(hostile) == commands(plain)


def commands(text: str) -> set[str]:
    lines = {line for line in text.splitlines() if line.startswith("outagewire ")}
    return {line for line in lines if "--second" not in line}


def preview_page(out: Path, text: str) -> str:
    """Return a preview with `text` in every field."""
    outlet = Outlet(name=text, kind="x")
    words = OutletText(text, "en", f"{text} body", 9)
    objection = Objection(
        0, 5, f"{text} words", ClaimKind.CAUSE, ObjectionWeight.BLOCK, f"{text} facts"
    )
    specimens = (
        OutletPreview(outlet, words, (objection,)),
        OutletPreview(outlet, None, trouble=f"{text} trouble"),
    )
    language = LanguagePreview("en", specimens, f"{text} alt", (objection,))
    picture = Picture(text, "image/png", 4, 3, "0" * 64, f"{text} picture")
    previews = (
        EventPreview(event(), (language,), picture, PNG, ""),
        EventPreview(event(seq=2), (language,), None, None, f"{text} no chart"),
    )
    page = write_page(WRITER.templates, f"{text} title", previews, out)
    assert {file.suffix for file in out.iterdir()} == {".html", ".png"}
    return page.read_text("utf-8")


@pytest.mark.parametrize("text", TEXTS)
def test_no_text_changes_the_tags_of_the_preview(text: str, tmp_path: Path) -> None:
    hostile = Structure(preview_page(tmp_path / "a", text))
    plain = Structure(preview_page(tmp_path / "b", words_like(text)))
    assert hostile.tags == plain.tags
    assert hostile.links == plain.links
    shown = " ".join(hostile.text)
    for field in ("title", "words", "facts", "trouble", "alt", "no chart"):
        assert f"{text} {field}" in shown, field


@pytest.fixture(scope="module")
def result(tmp_path_factory: pytest.TempPathFactory) -> RecordingResult:
    folder = stories.blackout(tmp_path_factory.mktemp("blackout"))
    return run_recording(
        "made-up", load_recording(folder), load_register(), AssessmentRules()
    )


def scored(result: RecordingResult, text: str, *, labelled: bool) -> Backtest:
    """Return a backtest with `text` in the fields of its files.

    Its only event has a label, or else was judged by a person.
    """
    recording = replace(
        result.recording,
        title=f"{text} title",
        credit=f"{text} credit",
        licence=f"{text} licence",
    )
    (told,) = detections_of(result)
    label = Label(
        result.name,
        told.place,
        told.period.since,
        told.period.until,
        f"{text} cause",
        f"{text} source",
        ("detect",),
    )
    judged = AdjudicatedEvent(Adjudication.TRUE, f"{text} by", f"{text} evidence")
    return backtest(
        (replace(result, recording=recording),),
        (label,) if labelled else (),
        AssessmentRules(),
        adjudications={(result.name, told.key): judged},
    )


def false_sentences(text: str) -> str:
    """Return a `sentences.json` with `text` in its sentences."""
    wrong = {"world": 1, "event": text, "kind": text, "sentence": f"{text} sentence"}
    kinds = {text: {"checked": 1, "false": 1}}
    numbers = {"first_world": 1, "worlds": 1, "checked": 1, "not_understood": 0}
    return json.dumps({**numbers, "kinds": kinds, "false": [wrong]})


def score_pages(result: RecordingResult, out: Path, text: str) -> Iterator[Path]:
    """Yield the folders of two scorecards with `text` in every field."""
    for labelled in (True, False):
        folder = out / str(labelled)
        folder.mkdir(parents=True)
        (folder / "sentences.json").write_text(false_sentences(text), "utf-8")
        run = scored(result, text, labelled=labelled)
        scorecard_page.write(run, load_register(), folder)
        yield folder


@pytest.mark.parametrize("text", ONE_QUICK)
def test_no_text_changes_the_tags_of_the_score_page(
    result: RecordingResult, text: str, tmp_path: Path
) -> None:
    hostile = list(score_pages(result, tmp_path / "a", text))
    plain = list(score_pages(result, tmp_path / "b", words_like(text)))
    shown = ""
    for own, expected in zip(hostile, plain, strict=True):
        page, other = (
            Structure((folder / "scorecard" / "index.html").read_text("utf-8"))
            for folder in (own, expected)
        )
        assert page.tags == other.tags
        assert page.links == other.links
        assert names(own) == names(expected)
        score = json.loads((own / "score.json").read_text("utf-8"))
        assert shape(score) == shape(
            json.loads((expected / "score.json").read_text("utf-8"))
        )
        shown += " ".join(page.text)
    for field in ("source", "by", "evidence", "sentence", "credit"):
        assert f"{text} {field}" in shown, field


def names(folder: Path) -> list[str]:
    return sorted(str(f.relative_to(folder)) for f in folder.rglob("*") if f.is_file())


@pytest.mark.parametrize("text", TEXTS)
def test_no_text_changes_the_cells_of_the_audit_sheet(text: str) -> None:
    """A judgement that is read from a sheet is written into the next one as it was."""
    key = ("r", "a")
    judged = {key: AdjudicatedEvent(Adjudication.TRUE, f"{text} by", text)}
    sheet = adjudication_sheet((detection(10, 20),), judged)
    rows = list(csv.reader(io.StringIO(sheet)))
    assert [len(row) for row in rows] == [len(HEADER)] * 2
    assert not [cell for row in rows for cell in row if cell.startswith(_FORMULAS)]
    assert read_adjudications(sheet, "audit.csv")[key] == judged[key]


@pytest.mark.parametrize("text", TEXTS)
def test_a_label_is_read_as_it_is_written(text: str) -> None:
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(("recording", "entity", "start", "end", "cause", "source", "use"))
    times = ("2026-01-05T00:00Z", "2026-01-06T00:00Z")
    writer.writerow(("r", "country:KZ", *times, text, f"{text} source", "detect"))
    (label,) = read_labels(out.getvalue(), "labels.csv")
    assert (label.cause, label.source) == (text, f"{text} source")
