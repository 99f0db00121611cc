"""The review message to the editors is never published."""

from bot.clock import StillClock
from bot.editorial.deciding import EDITORS, Classifier, Decider
from bot.model.delivery import Receipt
from bot.model.draft import SITE, Action
from bot.policy.publication_rules import Policy, PolicyRule
from bot.store.sql_store import open_store
from bot.tick.incident_reports import incident_report
from tests.builders import between
from tests.contract.stored import T0, change, record
from tests.fakes import FakeChannel
from tests.unit.test_hints import hint_words
from tests.unit.test_pages import writer

ONSET = between("2022-01-05 10:25", "2022-01-05 10:35")


def test_letter_to_the_editors_is_never_on_the_page(tmp_path):
    """P8: no hint of a cause is on the page, before or after the review message is sent."""
    store = open_store(":memory:")
    (event,) = record(store, change(onset=ONSET))
    Classifier(store).classify_all()
    channels = {name: FakeChannel(name) for name in ("x", EDITORS)}
    renderer, clock = writer(tmp_path), StillClock(T0)
    on_site = PolicyRule("page-at-once", Action.PUBLISH, channels=(SITE,))
    Decider(store, renderer, channels, Policy((on_site,), None), clock).decide_all()
    (letter,) = store.deliveries.all()
    assert "likelihood ratio" in letter.post.text
    for sent in (False, True):
        if sent:
            assert store.deliveries.claim(letter.post.key, T0)
            store.deliveries.settle(letter.post.key, Receipt("1"), T0)
        report = incident_report(store, event.incident)
        assert report is not None
        renderer.publish_page(report)
        page = tmp_path / "i" / event.incident / "index.html"
        html = page.read_text("utf-8").lower()
        leaked = [
            w for w in (*hint_words(), "is waiting for a decision") if w.lower() in html
        ]
        assert leaked == []
    store.close()
