"""The configuration: the example has every key, and messages say how to mend a mistake."""

import base64
import re
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from pydantic.fields import FieldInfo

from bot.channels.ntfy import NtfyConfig
from bot.channels.registry import CHANNELS
from bot.config import loading as configuration
from bot.config.loading import sections_of
from bot.config.outline import SECTIONS, STORE_KEYS, read_outline
from bot.config.sections import INSIDE, PUBLIC, Config
from bot.errors import ConfigError
from bot.settings import LateSection, Section

EXAMPLE = Path(__file__).parents[2] / "config.example.toml"
TEXT = EXAMPLE.read_text("utf-8")
# The example with its commented-out keys and sections, some of which exclude others.
WHOLE = re.sub(r"^# (?=\[|\w+ = )", "", TEXT, flags=re.MULTILINE)

# Secrets whose format is checked; for the others any text will do.
SHAPED = {
    "TELEGRAM_TOKEN": "123456:AAtelegramtokenA1b2C3d4E5f6",
    "PARTNER_SECRET": "whsec_" + base64.b64encode(bytes(range(32))).decode(),
}


def sections_in(field: FieldInfo) -> set[type[Section]]:
    """Return every section class that a field can hold, also those imported on demand."""
    classes: set[type[Section]] = set()
    for section in sections_of(field):
        if isinstance(section, LateSection):
            classes.update(section.classes())
        else:
            classes.add(section)
    return classes


def missing(section: type[Section], told: Any, path: str) -> Iterator[str]:
    """Yield the path of each key of `section` that no table in `told` has, at any depth."""
    examples = told if isinstance(told, list) else [told]
    for name, field in section.model_fields.items():
        given = [one[name] for one in examples if name in one]
        if not given:
            yield f"{path}{name}"
        for inner in sections_in(field):
            for one in given:
                nested = _tables(one, inner)
                yield from missing(inner, nested, f"{path}{name}.")


def _tables(value: Any, section: type[Section]) -> list[dict[str, Any]]:
    """Return the tables of kind `section`: `value` itself, its items or its values."""
    if isinstance(value, list):
        return value
    if set(value) <= set(section.model_fields):
        return [value]
    kind = section.model_fields.get("kind")
    return [t for t in value.values() if kind is None or t.get("kind") == kind.default]


@pytest.fixture
def secrets(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in re.findall(r"env:(\w+)", TEXT.partition("[store]")[2]):
        monkeypatch.setenv(name, SHAPED.get(name, f"secret-of-{name}"))


def problems(told: dict[str, Any]) -> tuple[str, ...]:
    with pytest.raises(ConfigError) as caught:
        configuration.read(told, "c")
    return caught.value.problems


@pytest.mark.usefixtures("secrets")
def test_the_example_is_a_configuration():
    config = configuration.load(EXAMPLE)
    assert {section.kind for section in config.channels.values()} == {
        "bluesky",
        "file",
        "mail",
        "mastodon",
        "matrix",
        "telegram",
        "webhook",
        "websub",
        "x",
    }


def test_the_example_without_its_secrets_does_not_start():  # P16
    with pytest.raises(ConfigError) as caught:
        configuration.load(EXAMPLE)
    named = len(re.findall(r'^\w+ = "env:', TEXT, re.MULTILINE))
    assert len(caught.value.problems) == named


def test_the_example_has_every_section_and_every_key_there_is():
    public, mail, *others = WHOLE.split("\n[editors]\n")
    told = tomllib.loads(f"{public}\n[editors]\n{mail}")
    ntfy, apprise = (tomllib.loads(other) for other in others)
    # Mail to editors and operators has all the keys of [channels.letters] as well.
    for inside in ("editors", "operators"):
        told[inside] = told["channels"]["letters"] | told[inside]
        told[inside] = {"mail": told[inside], "ntfy": ntfy, "apprise": apprise}
    assert {c["kind"] for c in told["channels"].values()} == set(PUBLIC)
    assert {c["kind"] for c in told["editors"].values()} == set(INSIDE)
    assert {*PUBLIC, *INSIDE} == set(CHANNELS)
    assert sorted(set(missing(Config, told, ""))) == []


def test_what_is_for_editors_alone_is_no_channel(monkeypatch):  # P16
    monkeypatch.setenv("SLACK", "json://127.0.0.1/")
    letters = {"kind": "apprise", "urls": ["env:SLACK"]}
    assert problems({"channels": {"slack": letters}}) == (
        "c: channels.slack: apprise reaches editors and operators only, and is no"
        " public channel; configure it as [editors] or [operators]",
    )
    assert configuration.read({"editors": letters}, "c").editors is not None


def test_what_the_example_calls_a_default_is_one():
    told = tomllib.loads(TEXT)
    bare = Config()
    for part in ("store", "loop", "pace"):
        section = type(getattr(bare, part))
        assert section.model_validate(told[part]) == getattr(bare, part)


def test_a_key_that_does_not_exist_is_answered_with_one_that_does():
    assert problems({"lopo": {}}) == ("c: lopo: no such key; did you mean loop?",)
    assert problems({"loop": {"pol": "5m"}}) == (
        "c: loop.pol: no such key; did you mean poll?",
    )
    masto = {"kind": "mastodon", "base_url": "https://a.example", "tokn": "env:A"}
    assert problems({"channels": {"m": masto}}) == (
        "c: channels.m.token: this key is required; add it",
        "c: channels.m.tokn: no such key; did you mean token?",
    )
    rule = {"name": "a", "action": "hold", "chanels": []}
    assert problems({"policy": {"rules": [rule]}}) == (
        "c: policy.rules.0.chanels: no such key; did you mean channels?",
    )


@pytest.mark.parametrize("told", ["", "  ", "http://", "htps://a.example", "/none"])
def test_a_score_page_that_is_nowhere_is_told_what_to_do(told):  # P16
    (problem,) = problems({"site": {"scorecard": told}})
    assert problem == (
        f"c: site.scorecard: {told!r} is neither an address (https://...) nor a folder"
        " with an index.html; run `make scorecard` and set this key to out/scorecard,"
        " or leave it out"
    )


def test_a_score_page_is_an_address_or_a_folder_that_has_one(tmp_path):
    (tmp_path / "scorecard").mkdir()
    (tmp_path / "scorecard" / "index.html").write_text("x", "utf-8")
    for told in ("https://a.example/score/", str(tmp_path)):
        read = configuration.read({"site": {"scorecard": told}}, "c")
        assert read.site.scorecard == told
    assert Config().site.scorecard is None


def test_a_channel_of_no_kind_is_told_which_there_are():
    for fax in ({"kind": "fax"}, {"path": "x"}):
        assert problems({"channels": {"n": fax}}) == (
            "c: channels.n.kind: choose one of bluesky, file, mail, mastodon, matrix,"
            " telegram, webhook, websub, x",
        )


NTFY = {"kind": "ntfy", "base_url": "https://ntfy.example", "topic": "desk"}


def test_a_notification_is_no_public_channel():  # P16
    assert problems({"channels": {"n": NTFY}}) == (
        "c: channels.n: ntfy reaches editors and operators only, and is no public"
        " channel; configure it as [editors] or [operators]",
    )


@pytest.mark.parametrize("who", ["editors", "operators"])
def test_the_house_is_told_by_letter_or_by_notification(who):
    config = configuration.read({who: NTFY}, "c")
    assert getattr(config, who) == NtfyConfig.model_validate(NTFY)
    for told in ({"kind": "x"}, {"path": "x"}):
        expected = f"c: {who}.kind: choose one of apprise, mail, ntfy"
        assert problems({who: told}) == (expected,)


@pytest.mark.parametrize("who", ["editors", "operators"])
def test_a_mistake_in_the_way_to_the_house_is_told_as_it_was_written(who):
    wrong = NTFY | {"topic": "a/b", "tocken": "env:A"}
    assert problems({who: wrong}) == (
        f"c: {who}.topic: must match '^[-_A-Za-z0-9]{{1,64}}$'",
        f"c: {who}.tocken: no such key; did you mean token?",
    )


def test_a_channel_named_after_a_kind_keeps_its_name_in_a_complaint():
    told = {
        "channel_rules": {"x": {"quiet": {"since": "25:00"}}},
        "channels": {"x": {}},
    }
    assert any(one.startswith("c: channel_rules.x.quiet.") for one in problems(told))


def test_a_rule_for_a_channel_that_is_not_there_is_a_mistake():  # P16
    """A hold rule for a misspelt channel is refused, because it would hold nothing."""
    rule = {"name": "hold-it", "action": "hold", "channels": ["wier"]}
    assert problems({"policy": {"rules": [rule]}}) == (
        "c: policy.rules.0.channels: no channel 'wier'; did you mean wire?",
    )


def test_a_template_set_that_is_not_there_is_told_which_are():
    """An unknown template set is refused with the configuration, not at the first post."""
    wire = {"kind": "file", "path": "p", "templates": "brif"}
    assert problems({"channels": {"w": wire}}) == (
        "c: channels.w.templates: no template set 'brif'; choose one of mail",
    )
    configuration.read({"channels": {"w": wire | {"templates": "mail"}}}, "c")


def test_a_language_without_words_is_refused_at_once():
    wire = {"kind": "file", "path": "p", "lang": "tlh"}
    (told,) = problems({"channels": {"w": wire}})
    assert told.startswith(
        "c: channels.w.lang: no translations for 'tlh'; choose one of "
    )
    for lang in ("en", "en-GB"):
        configuration.read({"channels": {"w": wire | {"lang": lang}}}, "c")


def test_a_secret_file_that_cannot_be_read_is_no_secret(tmp_path):
    odd = tmp_path / "odd"
    odd.write_bytes(b"\xff\xfe secret")
    for path in (tmp_path, odd, tmp_path / "absent"):
        (problem,) = problems(
            {
                "channels": {
                    "m": {
                        "kind": "mastodon",
                        "base_url": "https://a.example",
                        "token": f"file:{path}",
                    }
                }
            }
        )
        assert problem.endswith(
            "is missing, empty or unreadable; it must hold the secret"
        )


def test_a_secret_of_two_lines_is_refused_and_not_told(monkeypatch):
    monkeypatch.setenv("TOKEN", "first\nsecond")
    masto = {"kind": "mastodon", "base_url": "https://a.example", "token": "env:TOKEN"}
    (problem,) = problems({"channels": {"m": masto}})
    assert problem == (
        "c: channels.m.token: the environment variable TOKEN holds more than one line; it must hold the secret alone"
    )


def test_the_outline_names_every_section_and_every_key_of_the_store():
    assert set(Config.model_fields) == SECTIONS
    (store,) = sections_in(Config.model_fields["store"])
    assert set(store.model_fields) == STORE_KEYS


@pytest.mark.usefixtures("secrets")
@pytest.mark.parametrize("file", [EXAMPLE, None])
def test_the_outline_is_that_of_the_whole_configuration(file):
    config, outline = configuration.load(file), read_outline(file)
    assert outline.store == config.store.path
    editors = {"editors"} if config.editors else set()
    assert outline.channels == tuple(sorted({*config.channels, *editors}))


def test_the_outline_does_without_secrets_and_sound_values(tmp_path):  # P16
    file = tmp_path / "c.toml"
    file.write_text(
        '[store]\npath = "~/wire.db"\n[loop]\npoll = 5\n'
        '[channels.m]\nkind = "mastodon"\ntoken = "env:NOT_THERE"\n'
    )
    outline = read_outline(file)
    assert outline.store == Path("~/wire.db").expanduser()
    assert outline.channels == ("m",)


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("[stor]", "stor: no such key; did you mean store?"),
        ("[store]\npth = 'a'", "store.pth: no such key; did you mean path?"),
        ("[store]\npath = 5", "store.path: must be a string; write the path of a file"),
        ("store = 'a'", "store: must be a table; write it as [store]"),
        ("channels = ['a']", "channels: must be a table; write it as [channels]"),
    ],
)
def test_the_outline_never_guesses_which_store_is_meant(tmp_path, text, problem):  # P16
    file = tmp_path / "c.toml"
    file.write_text(text)
    with pytest.raises(ConfigError) as caught:
        read_outline(file)
    assert caught.value.problems == (f"{file}: {problem}",)


def rule(**keys):
    """Return a configuration with one policy rule, which holds what `keys` select."""
    return {"policy": {"rules": [{"name": "r", "action": "hold", **keys}]}}


def test_a_rule_may_name_places_and_the_site():  # P12
    given = rule(places=["KZ", "KZ/Almaty", "asn:9198"], channels=["site"])
    (held,) = configuration.read(given, "c").policy.policy().rules
    assert [str(p) for p in held.places] == [
        "country:KZ",
        "region:KZ/Almaty",
        "asn:9198",
    ]
    assert held.channels == ("site",)


@pytest.mark.parametrize(
    ("place", "problem"),
    [
        ("ZZ", "unknown country 'ZZ'; use its ISO 3166-1 code"),
        ("KZZ", "not an entity: country:KZZ"),
        ("AQX/North", "not an entity: region:AQX/North"),
        ("place:KZ", "not an entity: 'place:KZ'"),
    ],
)
def test_a_place_that_does_not_exist_is_refused(place, problem):  # P16
    (told,) = problems(rule(places=["KZ", place]))
    assert told.startswith("c: policy.rules.0.places.1: ")
    assert problem in told


def test_no_channel_is_called_like_the_site():
    wire = {"kind": "file", "path": "p"}
    assert problems({"channels": {"site": wire}}) == (
        "c: channels.site: this name is reserved for the report site; choose another"
        " name",
    )
