"""The page of an incident shows the stored picture of an approved draft, byte for byte."""

import io
from dataclasses import replace
from hashlib import sha256

import pytest
from PIL import Image

from bot.errors import StoreError
from bot.model.draft import Draft, DraftState
from bot.model.incident_report import IncidentReport
from bot.store.sql_store import open_store
from bot.tick.incident_reports import incident_report
from tests.contract.stored import PNG, change, decision, draft, record
from tests.unit.test_pages import STEPS, publish, report_of

FOLDER = "i/KZ-2022-0104"


def plain_picture() -> bytes:
    """Return a picture that no version of the program draws."""
    stream = io.BytesIO()
    Image.new("RGB", (1600, 900), "teal").save(stream, "PNG")
    return stream.getvalue()


def report_with_stored(
    site, image: bytes, state: DraftState = DraftState.APPROVED
) -> IncidentReport:
    """Return a report whose draft names the picture `image`."""
    report = report_of(site, STEPS[0], state=state)
    named = {key: naming(d, image) for key, d in report.drafts.items()}
    digest = sha256(image).hexdigest()
    return replace(report, drafts=named, pictures={digest: image})


def naming(shown: Draft, image: bytes) -> Draft:
    assert shown.picture is not None
    digest = sha256(image).hexdigest()
    return replace(shown, picture=replace(shown.picture, sha256=digest))


def test_stored_picture_is_shown_and_not_drawn(tmp_path):
    image = plain_picture()
    publish(tmp_path, report_with_stored(tmp_path, image))
    assert (tmp_path / FOLDER / "1.png").read_bytes() == image
    page = tmp_path / "picture" / sha256(image).hexdigest()[:12] / "index.html"
    assert "byte for byte" in page.read_text("utf-8")


def test_stored_picture_of_a_waiting_draft_is_not_shown(tmp_path):  # P12
    image = plain_picture()
    publish(tmp_path, report_with_stored(tmp_path, image, DraftState.WAITING))
    assert (tmp_path / FOLDER / "1.png").read_bytes() != image


def test_damaged_stored_picture_is_not_shown(tmp_path):
    report = report_with_stored(tmp_path, plain_picture())
    damaged = dict.fromkeys(report.pictures, b"damaged")
    publish(tmp_path, replace(report, pictures=damaged))
    with Image.open(tmp_path / FOLDER / "1.png") as picture:
        assert picture.size == (1600, 900)


@pytest.fixture
def stores():
    both = open_store(":memory:"), open_store(":memory:")
    yield both
    for store in both:
        store.close()


def test_report_reads_pictures_from_the_store(stores):
    image = plain_picture()
    reports: list[IncidentReport] = []
    for store in stores:
        (event,) = record(store, change())
        saved = naming(draft(event), image)
        store.drafts.save(saved, image, [decision(event)], [])
        report = incident_report(store, event.incident)
        assert report is not None
        reports.append(report)
    digest = sha256(image).hexdigest()
    assert dict(reports[0].pictures) == {digest: image}
    # A build that was stopped compares the representations in another process.
    assert repr(reports[0]) == repr(reports[1])


def test_picture_that_the_store_cannot_read_is_left_out(stores, monkeypatch):
    store = stores[0]
    (event,) = record(store, change())
    store.drafts.save(draft(event), PNG, [decision(event)], [])
    report = incident_report(store, event.incident)
    assert report is not None
    pictures = report.pictures

    def fail(sha256: str) -> bytes:
        raise StoreError(f"no picture with the hash {sha256} is stored")

    monkeypatch.setattr(store.drafts, "picture", fail)
    assert [pictures.get(name) for name in pictures] == [None]
