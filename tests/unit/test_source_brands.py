"""The names of a source come from its brand; no language's catalogue names a source."""

import re

import pytest

from bot.claims.linter import Linter
from bot.model.signal import Family, SignalLabel, SourceBrand
from bot.places import load_register
from bot.sources.ioda.signals import catalogue
from bot.sources.registry import all_brands
from bot.text.credits import source_name
from bot.text.signal_names import labelled_name, signal_name
from bot.text.translations import (
    environment,
    languages,
    load_translations,
    templates_root,
)
from tests.builders import event

LANGUAGES = languages(templates_root())
NEW = SourceBrand(
    id="examplenet",
    name="ExampleNet",
    signals={
        "queries": SignalLabel(Family.TRAFFIC, product="ExampleDNS"),
        "routes": SignalLabel(Family.CONTROL_PLANE),
        "probes": SignalLabel(Family.ACTIVE_PROBING, product="ExampleProbe"),
    },
    evidence={"ExampleNet": ("examplenet",)},
)
TEMPLATES = environment(templates_root(), (*all_brands(), NEW))


def sentence(name: str) -> str:
    return f"A drop in connectivity in Kazakhstan was measured by {name}."


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_new_source_is_named_without_a_catalogue(lang):
    translations = load_translations(TEMPLATES, lang)
    queries, routes, probes = (
        signal_name(translations, f"examplenet.{key}", "unused")
        for key in ("queries", "routes", "probes")
    )
    assert source_name(translations, "examplenet.routes") == "ExampleNet"
    assert "ExampleDNS" in queries
    assert routes == signal_name(translations, "ioda.bgp", "unused")
    # No catalogue has a message for a probing product, so the signal is named by its family.
    assert probes == signal_name(translations, "ioda.ping-slash24", "unused")


@pytest.mark.parametrize("lang", LANGUAGES)
def test_no_catalogue_names_a_source(lang):
    folder = templates_root() / "locale" / lang
    text = "".join(f.read_text(encoding="utf-8") for f in folder.glob("*.ftl"))
    assert not re.search(r"^sources?-|^signals-", text, re.MULTILINE)
    # Pages also name their publisher, which has the name of a source: the readings of a
    # recording may be our own.
    names = {brand.name for brand in all_brands()} - {"Outagewire"}
    assert [name for name in names if name in text] == []


def test_a_signal_without_a_brand_is_named_by_its_family():
    translations = load_translations(TEMPLATES, "en")
    assert labelled_name(translations, "unheard.bgp") is None
    assert signal_name(translations, "unheard.bgp", Family.TRAFFIC) == "traffic"
    assert source_name(translations, "unheard.bgp") == "unheard"


def test_brands_of_the_registry_have_different_ids():
    ids = [brand.id for brand in all_brands()]
    assert len(set(ids)) == len(ids)


def test_every_ioda_signal_has_a_label_of_its_family():
    labels = {
        f"{brand.id}.{key}": label.family
        for brand in all_brands()
        for key, label in brand.signals.items()
    }
    signals = [datasource.signal for datasource in catalogue().values()]
    assert {s.id: labels[s.id] for s in signals} == {s.id: s.family for s in signals}


def test_the_claim_linter_refuses_a_branded_source_without_facts():
    linter = Linter(load_register(), TEMPLATES, "https://outagewire.example.org")
    assert not linter.check(event(), sentence("IODA"), "en")
    (objection,) = linter.check(event(), sentence("ExampleNet"), "en")
    assert (objection.kind, objection.words) == ("source", "ExampleNet")
