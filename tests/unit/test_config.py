"""The configuration: the example has every key, and messages say how to mend a mistake."""

import base64
import json
import re
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from pydantic.fields import FieldInfo

from bot.channels.ntfy import NtfyConfig
from bot.channels.registry import CHANNELS
from bot.cli.commands import check_config
from bot.config import loading as configuration
from bot.config.messages import sections_of
from bot.config.outline import SECTIONS, STORE_KEYS, read_outline
from bot.config.sections import INSIDE_KINDS, PUBLIC_KINDS, Config
from bot.config.warnings import warnings
from bot.errors import ConfigError
from bot.settings import LateSection, Section

EXAMPLE = Path(__file__).parents[2] / "config.example.toml"
TEXT = EXAMPLE.read_text("utf-8")
# The example with all keys and sections uncommented. Some cannot be used together.
UNCOMMENTED = re.sub(r"^# (?=\[|\w+ = )", "", TEXT, flags=re.MULTILINE)

# Secrets whose format is checked; for the others any text will do.
FORMATTED_SECRETS = {
    "HEARTBEAT_ADDRESS": "https://watchdog.example/1",
    "TELEGRAM_TOKEN": "123456:AAtelegramtokenA1b2C3d4E5f6",
    "READERS_KEY": "5b1f" * 16,
    "PARTNER_SECRET": "whsec_" + base64.b64encode(bytes(range(32))).decode(),
}


def sections_in(field: FieldInfo) -> set[type[Section]]:
    """Return every section class that a field can hold, also those imported on demand."""
    classes: set[type[Section]] = set()
    for section in sections_of(field):
        if isinstance(section, LateSection):
            classes.update(section.all_classes())
        else:
            classes.add(section)
    return classes


def missing_keys(section: type[Section], tables: Any, path: str) -> Iterator[str]:
    """Yield the path of each key of `section` that no table in `tables` has, at any depth."""
    examples = tables if isinstance(tables, list) else [tables]
    for name, field in section.model_fields.items():
        values = [value[name] for value in examples if name in value]
        if not values:
            yield f"{path}{name}"
        for nested_section in sections_in(field):
            for value in values:
                nested = _tables(value, nested_section)
                yield from missing_keys(nested_section, nested, f"{path}{name}.")


def _tables(value: Any, section: type[Section]) -> list[dict[str, Any]]:
    """Return the tables in `value` that belong to the type `section`.

    They are the items of a list, `value` itself if it is such a table, or otherwise the
    matching values of a table of tables.
    """
    if isinstance(value, list):
        return value
    if set(value) <= set(section.model_fields):
        return [value]
    kind = section.model_fields.get("kind")
    return [t for t in value.values() if kind is None or t.get("kind") == kind.default]


@pytest.fixture
def secrets(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in re.findall(r"env:(\w+)", TEXT.partition("[store]")[2]):
        monkeypatch.setenv(name, FORMATTED_SECRETS.get(name, f"secret-of-{name}"))


def problems(config: dict[str, Any]) -> tuple[str, ...]:
    with pytest.raises(ConfigError) as caught:
        configuration.check_values(config, "c")
    return caught.value.problems


@pytest.mark.usefixtures("secrets")
def test_example_is_a_valid_configuration():
    config = configuration.load_config(EXAMPLE)
    assert {section.kind for section in config.channels.values()} == {
        "bluesky",
        "file",
        "mail",
        "mastodon",
        "matrix",
        "readers",
        "telegram",
        "webhook",
        "websub",
        "x",
    }


def test_the_example_without_its_secrets_does_not_start():  # P16
    with pytest.raises(ConfigError) as caught:
        configuration.load_config(EXAMPLE)
    named = len(re.findall(r'^\w+ = "env:', TEXT, re.MULTILINE))
    assert len(caught.value.problems) == named


def test_example_has_every_section_and_key():
    public, mail, *others = UNCOMMENTED.split("\n[editors]\n")
    config = tomllib.loads(f"{public}\n[editors]\n{mail}")
    ntfy, apprise = (tomllib.loads(other) for other in others)
    # Mail to editors and operators has all the keys of [channels.letters] as well.
    for internal in ("editors", "operators"):
        config[internal] = config["channels"]["letters"] | config[internal]
        config[internal] = {"mail": config[internal], "ntfy": ntfy, "apprise": apprise}
    assert {c["kind"] for c in config["channels"].values()} == set(PUBLIC_KINDS)
    assert {c["kind"] for c in config["editors"].values()} == set(INSIDE_KINDS)
    assert {*PUBLIC_KINDS, *INSIDE_KINDS} == set(CHANNELS)
    assert sorted(set(missing_keys(Config, config, ""))) == []


def test_channel_kind_for_editors_only_is_refused_as_public(monkeypatch):  # P16
    monkeypatch.setenv("SLACK", "json://127.0.0.1/")
    apprise = {"kind": "apprise", "urls": ["env:SLACK"]}
    assert problems({"channels": {"slack": apprise}}) == (
        "c: channels.slack: apprise reaches editors and operators only, so it is not a"
        " public channel; configure it as [editors] or [operators]",
    )
    assert configuration.check_values({"editors": apprise}, "c").editors is not None


def test_defaults_in_the_example_equal_the_code():
    example = tomllib.loads(TEXT)
    defaults = Config()
    for part in ("store", "loop", "pace"):
        section = type(getattr(defaults, part))
        assert section.model_validate(example[part]) == getattr(defaults, part)


def test_error_for_unknown_key_suggests_a_known_key():
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
        'c: policy.rules 1 ("a").chanels: no such key; did you mean channels?',
    )


@pytest.mark.parametrize(
    "scorecard", ["", "  ", "http://", "htps://a.example", "/none"]
)
def test_error_for_invalid_scorecard_says_what_to_do(scorecard):  # P16
    (problem,) = problems({"site": {"scorecard": scorecard}})
    assert problem == (
        f'c: site.scorecard = "{scorecard}": this is neither an address (https://...) nor a folder'
        " with an index.html; run `make scorecard` and set this key to out/scorecard,"
        " or leave it out"
    )


def test_scorecard_is_an_address_or_a_folder_with_an_index(tmp_path):
    (tmp_path / "scorecard").mkdir()
    (tmp_path / "scorecard" / "index.html").write_text("x", "utf-8")
    for scorecard in ("https://a.example/score/", str(tmp_path)):
        config = configuration.check_values({"site": {"scorecard": scorecard}}, "c")
        assert config.site.scorecard == scorecard
    assert Config().site.scorecard is None


def test_error_for_channel_without_kind_lists_the_kinds():
    for section, value in (({"kind": "fax"}, ' = "fax"'), ({"path": "x"}, "")):
        assert problems({"channels": {"n": section}}) == (
            f"c: channels.n.kind{value}: choose one of bluesky, file, mail, mastodon, matrix,"
            " readers, telegram, webhook, websub, x",
        )


NTFY = {"kind": "ntfy", "base_url": "https://ntfy.example", "topic": "desk"}


def test_ntfy_is_refused_as_a_public_channel():  # P16
    assert problems({"channels": {"n": NTFY}}) == (
        "c: channels.n: ntfy reaches editors and operators only, so it is not a public"
        " channel; configure it as [editors] or [operators]",
    )


@pytest.mark.parametrize("recipients", ["editors", "operators"])
def test_editors_and_operators_get_mail_ntfy_or_apprise(recipients):
    config = configuration.check_values({recipients: NTFY}, "c")
    assert getattr(config, recipients) == NtfyConfig.model_validate(NTFY)
    for section, value in (({"kind": "x"}, ' = "x"'), ({"path": "x"}, "")):
        expected = f"c: {recipients}.kind{value}: choose one of apprise, mail, ntfy"
        assert problems({recipients: section}) == (expected,)


@pytest.mark.parametrize("recipients", ["editors", "operators"])
def test_wrong_keys_of_editors_and_operators_are_named(recipients):
    wrong = NTFY | {"topic": "a/b", "tocken": "env:A"}
    assert problems({recipients: wrong}) == (
        f"c: {recipients}.topic: write the name of a topic: at most 64 letters, digits, - and _",
        f"c: {recipients}.tocken: no such key; did you mean token?",
    )


def test_error_keeps_the_name_of_a_channel_named_after_a_kind():
    config = {
        "channel_rules": {"x": {"quiet": {"since": "25:00"}}},
        "channels": {"x": {}},
    }
    assert any(
        problem.startswith("c: channel_rules.x.quiet.") for problem in problems(config)
    )


def test_rule_for_an_unknown_channel_is_refused():  # P16
    """A hold rule for a misspelt channel is refused, because it would hold nothing."""
    rule = {"name": "hold-it", "action": "hold", "channels": ["wier"]}
    assert problems({"policy": {"rules": [rule]}}) == (
        'c: policy.rules 1 ("hold-it").channels: no channel "wier"; did you mean wire?',
    )


def test_error_for_unknown_template_set_lists_the_sets():
    """An unknown template set is refused when the configuration is read, not later."""
    wire = {"kind": "file", "path": "p", "templates": "brif"}
    assert problems({"channels": {"w": wire}}) == (
        'c: channels.w.templates: no template set "brif"; choose one of mail',
    )
    configuration.check_values({"channels": {"w": wire | {"templates": "mail"}}}, "c")


def test_language_without_translations_is_refused():
    wire = {"kind": "file", "path": "p", "lang": "tlh"}
    (problem,) = problems({"channels": {"w": wire}})
    assert problem.startswith(
        'c: channels.w.lang: no translations for "tlh"; choose one of '
    )
    for lang in ("en", "en-GB"):
        configuration.check_values({"channels": {"w": wire | {"lang": lang}}}, "c")


def test_unreadable_secret_file_is_refused(tmp_path):
    undecodable = tmp_path / "odd"
    undecodable.write_bytes(b"\xff\xfe secret")
    for path in (tmp_path, undecodable, tmp_path / "absent"):
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


def test_secret_of_two_lines_is_refused_and_not_shown(monkeypatch):
    monkeypatch.setenv("TOKEN", "first\nsecond")
    masto = {"kind": "mastodon", "base_url": "https://a.example", "token": "env:TOKEN"}
    (problem,) = problems({"channels": {"m": masto}})
    assert problem == (
        "c: channels.m.token: the environment variable TOKEN holds a line break or a character that cannot be printed; it must hold the secret alone"
    )


def test_outline_knows_every_section_and_store_key():
    assert set(Config.model_fields) == SECTIONS
    (store,) = sections_in(Config.model_fields["store"])
    assert set(store.model_fields) == STORE_KEYS


@pytest.mark.usefixtures("secrets")
@pytest.mark.parametrize("file", [EXAMPLE, None])
def test_outline_agrees_with_the_loaded_configuration(file):
    config, outline = configuration.load_config(file), read_outline(file)
    assert outline.store == config.store.path
    editors = {"editors"} if config.editors else set()
    assert outline.channels == tuple(sorted({*config.channels, *editors}))


def test_outline_needs_no_secrets_and_no_valid_values(tmp_path):  # P16
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
def test_outline_refuses_an_ambiguous_store(tmp_path, text, problem):  # P16
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
    (held,) = configuration.check_values(given, "c").policy.policy().rules
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
    (message,) = problems(rule(places=["KZ", place]))
    assert message.startswith(f'c: policy.rules 1 ("r").places 2 = "{place}": ')
    assert problem in message


def test_channel_name_site_is_reserved():
    wire = {"kind": "file", "path": "p"}
    assert problems({"channels": {"site": wire}}) == (
        "c: channels.site: this name is reserved for the report site; choose another"
        " name",
    )


@pytest.mark.parametrize(
    ("key", "address"),
    [
        ("base_url", "https://ada:hunter2@news.example/x"),
        ("base_url", "https://news.example/x?key=hunter2"),
        ("scorecard", "https://ada:hunter2@news.example/x"),
    ],
)
def test_no_password_is_in_an_address_that_pages_publish(key, address):
    """P16: nor does the error show it."""
    values = {"site": {key: address}}
    with pytest.raises(ConfigError, match=rf"site\.{key}") as caught:
        configuration.check_values(values, "c")
    assert "hunter2" not in str(caught.value)


@pytest.mark.parametrize(
    "values",
    [
        {"loop": {"poll": "0s"}},
        {"loop": {"history": "99999999999d"}},
        {"detection": {"spreads": float("inf")}},
        {"detection": {"spreads": float("nan")}},
    ],
)
def test_settings_that_would_blind_the_watch_are_refused(values):
    """P16: with an infinite threshold nothing is ever low."""
    with pytest.raises(ConfigError, match=r"loop\.|detection\.spreads"):
        configuration.check_values(values, "c")


@pytest.mark.parametrize(
    ("rule", "warned"),
    [
        ({"action": "hold", "channels": ["site"]}, "once masto or wire publishes it"),
        ({"action": "hold", "channels": ["site", "wire"]}, "once masto publishes it"),
        ({"action": "hold", "channels": ["site", "wire", "masto"]}, None),
        ({"action": "hold", "kinds": ["restored"]}, None),
        ({"action": "hold", "channels": ["wire"]}, None),
        ({"action": "publish", "channels": ["site"]}, None),
        ({"action": "review", "channels": ["site"]}, None),
    ],
)
def test_a_hold_on_the_site_alone_gets_a_warning(rule, warned):  # P12, P15
    """The page exists before the post of another channel, which links to it."""
    values = {
        "policy": {"rules": [{"name": "quiet", **rule}]},
        "channels": {
            name: {"kind": "file", "path": f"{name}.jsonl"}
            for name in ("wire", "masto")
        },
    }
    given = list(warnings(configuration.check_values(values, "c")))
    if warned is None:
        assert given == []
    else:
        (warning,) = given
        assert 'policy.rules 1 ("quiet")' in warning
        assert warned in warning


def test_check_config_prints_warnings_beside_the_configuration(tmp_path, capsys):
    file = tmp_path / "c.toml"
    rule = 'name = "quiet"\naction = "hold"\nchannels = ["site"]'
    file.write_text(f"[[policy.rules]]\n{rule}\n", "utf-8")
    check_config(file, as_json=True)
    printed = capsys.readouterr()
    assert json.loads(printed.out)["policy"]["rules"][0]["name"] == "quiet"
    assert printed.err.startswith("warning: policy.rules 1")
