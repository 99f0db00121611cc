"""The file of the subscriptions: addresses, requests, readers, tokens and messages."""

import sqlite3
import stat
from contextlib import closing
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from bot.errors import StoreError
from bot.model.delivery import PostSubject
from bot.model.entity import parse_entity
from bot.model.incident import EventKind
from bot.model.verdict import Severity
from bot.subscriptions.addresses import client_network, masked, parse_address
from bot.subscriptions.choices import Choice, FormError, FormProblem, parse_choice
from bot.subscriptions.database import SubscriptionFile
from bot.subscriptions.limits import RequestCounter, RequestLimits
from bot.subscriptions.messages import MessageState
from bot.subscriptions.tokens import SubscriptionKeys
from tests.subscriptions import ADDRESS, AT, IR, KEY, KZ, Subscriptions, reader_post

CHOICE = Choice("en")
HOURS = timedelta(hours=1)


@pytest.fixture
def subscriptions(tmp_path: Path) -> Subscriptions:
    return Subscriptions(tmp_path)


# Addresses and choices


@pytest.mark.parametrize(
    ("text", "address"),
    [
        (" Ada@Readers.Example ", "Ada@readers.example"),
        ("a+b.c@x.example", "a+b.c@x.example"),
        ("ada@bücher.example", "ada@xn--bcher-kva.example"),
        ("ada@пример.example", "ada@xn--e1afmkfd.example"),
    ],
)
def test_address_gets_its_usual_form(text, address):
    assert parse_address(text) == address


@pytest.mark.parametrize(
    "text",
    [
        "",
        "ada",
        "ada@localhost",
        "ada@127.0.0.1",
        "ada@[127.0.0.1]",
        "a b@x.example",
        '"a b"@x.example',
        "Ada <ada@x.example>",
        "ada@x.example, eve@x.example",
        "ada@x.example\nBcc: eve@x.example",
        "ada@x.example\r\nBcc: eve@x.example",
        "ada\x00@x.example",
        "ada@x..example",
        "ada@-x.example",
        ".ada@x.example",
        "\u0430da@x.example",
        f"{'a' * 65}@x.example",
        f"ada@{'x' * 64}.example",
        f"ada@{'x.' * 130}example",
        "ada@x.example%0aBcc:eve@x.example@",
        "=?utf-8?q?eve=40x.example=2C?=@x.example",
        "=?utf-8?q?=0D=0ABcc:eve?=@x.example",
        "=?utf-8?q??=@x.example",
    ],
)
def test_hostile_address_is_refused_without_quoting_it(text):
    with pytest.raises(ValueError, match="write an e-mail address, such as") as error:
        parse_address(text)
    assert not text or text not in str(error.value)


def test_masked_address_shows_one_letter_and_the_ending():
    assert masked("ada.lovelace@mail.readers.example") == "a***@***.example"


def test_clients_are_counted_by_their_network():
    assert client_network("192.0.2.77") == "192.0.2.0/24"
    assert client_network("::ffff:192.0.2.77") == "192.0.2.0/24"
    assert client_network("2001:db8:1:2::3") == "2001:db8:1::/48"
    assert client_network("testclient") == "testclient"


def test_choice_of_the_form_names_countries_and_networks():
    choice = parse_choice(
        "en", "major", ["KZ", "IR"], "AS9198 asn:21299,1", ["KZ", "IR"]
    )
    texts = [str(place) for place in choice.places]
    assert texts == ["country:IR", "country:KZ", "asn:1", "asn:9198", "asn:21299"]


@pytest.mark.parametrize(
    ("severity", "countries", "networks", "problem"),
    [
        ("terrible", [], "", FormProblem.SEVERITY),
        ("major", ["XX"], "", FormProblem.COUNTRIES),
        ("major", [], "9198x", FormProblem.NETWORKS),
        ("major", [], "0", FormProblem.NETWORKS),
        ("major", [], "4294967296", FormProblem.NETWORKS),
        ("major", [], " ".join(str(n) for n in range(1, 52)), FormProblem.PLACES),
    ],
)
def test_choice_that_the_form_does_not_offer_is_refused(
    severity, countries, networks, problem
):
    with pytest.raises(FormError) as error:
        parse_choice("en", severity, countries, networks, ["KZ"])
    assert error.value.problem is problem


@pytest.mark.parametrize(
    ("choice", "is_wanted"),
    [
        (Choice("en"), True),
        (Choice("en", Severity.MAJOR), True),
        (Choice("en", Severity.NEAR_TOTAL), False),
        (Choice("en", places=(KZ,)), True),
        (Choice("en", places=(IR,)), False),
        (Choice("en", places=(IR, parse_entity("asn:9198"))), True),
    ],
)
def test_reader_wants_chosen_places_and_severities(choice, is_wanted):
    places = (parse_entity("region:KZ/Almaty"), parse_entity("asn:9198"))
    assert choice.wants(PostSubject(places, Severity.MAJOR)) is is_wanted


def test_unknown_subject_is_wanted_only_without_limits():
    assert Choice("en").wants(None)
    assert not Choice("en", places=(KZ,)).wants(None)


# Tokens


def test_token_is_valid_for_its_purpose_and_time_only():
    keys, reader = SubscriptionKeys(KEY), "0f" * 16
    confirm = keys.confirmation_token(reader, AT)
    leave = keys.leave_token(reader)
    assert keys.confirmed_request(confirm, AT) == reader
    assert keys.leaving_reader(leave) == reader
    assert keys.confirmed_request(confirm, AT + timedelta(seconds=1)) is None
    assert keys.confirmed_request(leave, AT) is None
    assert keys.leaving_reader(confirm) is None
    assert SubscriptionKeys("x" * 32).leaving_reader(leave) is None


def test_every_changed_token_is_refused():
    keys = SubscriptionKeys(KEY)
    token = keys.confirmation_token("0f" * 16, AT)
    changes = [
        token[:n] + ("a" if c != "a" else "b") + token[n + 1 :]
        for n, c in enumerate(token)
    ]
    changes += ["", token[:-1], token + "A", f"{token}\n", token.replace(".", ".9", 1)]
    assert not any(keys.confirmed_request(text, AT) for text in changes)


def test_short_key_is_refused():
    with pytest.raises(ValueError, match="at least 32 characters"):
        SubscriptionKeys("short")


# The file


def test_only_the_owner_may_read_the_file(subscriptions):
    assert stat.S_IMODE(subscriptions.path.stat().st_mode) == 0o600
    subscriptions.path.chmod(0o640)
    with pytest.raises(StoreError, match="chmod 600"):
        subscriptions.readers.all()


def test_file_of_a_newer_version_is_not_touched(subscriptions):
    with subscriptions.file.transaction() as connection:
        connection.execute("PRAGMA user_version = 99")
    with pytest.raises(StoreError, match="newer version"):
        SubscriptionFile(subscriptions.path).create()


def test_database_of_another_program_is_not_touched(tmp_path):
    path = tmp_path / "other.db"
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("CREATE TABLE theirs (x)")
    path.chmod(0o600)
    before = path.read_bytes()
    with pytest.raises(StoreError, match="not that of subscriptions; choose another"):
        SubscriptionFile(path).create()
    assert path.read_bytes() == before


def test_text_of_a_record_hides_the_address(subscriptions):
    assert ADDRESS not in repr(subscriptions.subscribe())


def test_erased_address_is_nowhere_in_the_file(subscriptions):
    reader = subscriptions.subscribe()
    assert ADDRESS.encode() in subscriptions.path.read_bytes()
    assert subscriptions.readers.erase(reader.id, AT, never_again=True)
    assert ADDRESS.encode() not in subscriptions.path.read_bytes()
    assert not subscriptions.path.with_name("readers.db-journal").exists()


# Requests


def test_open_request_makes_one_letter_only(subscriptions):
    readers = subscriptions.readers
    for address in (ADDRESS, ADDRESS.upper()):
        readers.request(address, CHOICE, AT)
    request = readers.claim_letter(AT)
    assert request is not None
    assert readers.claim_letter(AT) is None
    readers.settle_letter(request.id)
    readers.request(ADDRESS, CHOICE, AT + 47 * HOURS)
    assert readers.claim_letter(AT + 47 * HOURS) is None


def test_letter_in_doubt_is_sent_again_if_the_reader_asks(subscriptions):
    readers = subscriptions.readers
    minutes = timedelta(minutes=1)
    readers.request(ADDRESS, CHOICE, AT)
    interrupted = readers.claim_letter(AT)
    assert interrupted is not None
    readers.request(ADDRESS, CHOICE, AT + 9 * minutes)
    assert readers.claim_letter(AT + 9 * minutes) is None
    readers.request(ADDRESS, CHOICE, AT + 11 * minutes)
    again = readers.claim_letter(AT + 11 * minutes)
    assert again is not None
    assert (again.id, again.expires) == (interrupted.id, interrupted.expires)
    readers.settle_letter(again.id)
    readers.request(ADDRESS, CHOICE, AT + 30 * minutes)
    assert readers.claim_letter(AT + 30 * minutes) is None


def test_letter_that_fails_follows_those_that_wait(subscriptions):
    readers, clock = subscriptions.readers, subscriptions.clock
    for address in ("ada@x.example", "eve@x.example"):
        readers.request(address, CHOICE, clock.now())
        clock.sleep(timedelta(minutes=1))
    first = readers.claim_letter(clock.now())
    readers.release_letter(first.id)
    second = readers.claim_letter(clock.now())
    assert (first.address, second.address) == ("ada@x.example", "eve@x.example")


def test_letter_that_is_being_sent_is_not_sent_again(subscriptions):
    """P10: also if it waited for the mail server for longer than a letter is in doubt."""
    readers, clock = subscriptions.readers, subscriptions.clock
    readers.request(ADDRESS, CHOICE, clock.now())
    clock.sleep(HOURS)
    assert readers.claim_letter(clock.now()) is not None
    readers.request(ADDRESS, CHOICE, clock.now())
    assert readers.claim_letter(clock.now()) is None


def test_unconfirmed_address_is_erased_after_two_days(subscriptions):
    readers = subscriptions.readers
    readers.request(ADDRESS, CHOICE, AT)
    request = readers.claim_letter(AT)
    assert request is not None
    later = AT + 48 * HOURS + timedelta(seconds=1)
    assert readers.confirm(request.id, later) is None
    readers.request("eve@x.example", CHOICE, later)
    assert ADDRESS.encode() not in subscriptions.path.read_bytes()


def test_request_is_confirmed_once_and_gives_the_new_choice(subscriptions):
    readers = subscriptions.readers
    first = subscriptions.subscribe()
    readers.request(ADDRESS, Choice("en", Severity.MAJOR, (KZ,)), AT)
    request = readers.claim_letter(AT)
    assert request is not None
    assert readers.all() == (first,)
    changed = readers.confirm(request.id, AT)
    assert changed == replace(first, choice=request.choice)
    assert readers.confirm(request.id, AT) is None
    assert readers.all() == (changed,)


def test_never_again_holds_until_the_operator_allows(subscriptions):
    readers = subscriptions.readers
    reader = subscriptions.subscribe()
    readers.erase(reader.id, AT, never_again=True)
    readers.request(ADDRESS, CHOICE, AT)
    assert readers.counts(AT) == {"readers": 0, "pending": 0, "blocked": 1}
    assert readers.allow_address(ADDRESS)
    readers.request(ADDRESS, CHOICE, AT)
    assert readers.counts(AT) == {"readers": 0, "pending": 1, "blocked": 0}


def test_requests_are_limited_by_network_and_in_all(subscriptions):
    limits = RequestLimits(per_network=2, total=3)
    counter = RequestCounter(subscriptions.file, subscriptions.keys, limits)
    clients = ["192.0.2.1", "192.0.2.2", "192.0.2.3", "198.51.100.1", "203.0.113.1"]
    assert [counter.accept(client, AT) for client in clients] == [
        *(True, True, False),
        *(True, False),
    ]
    assert counter.accept("203.0.113.1", AT + HOURS)
    assert b"192.0.2" not in subscriptions.path.read_bytes()


# Messages


def recipients(subscriptions: Subscriptions, post) -> set[str]:
    subscriptions.messages.expand(post)
    addresses = {reader.id: reader.address for reader in subscriptions.readers.all()}
    return {addresses[reader] for reader in subscriptions.messages.waiting(post.key)}


def send_all(subscriptions: Subscriptions, post) -> None:
    messages = subscriptions.messages
    for reader in messages.waiting(post.key):
        assert messages.claim(post.key, reader, AT)
        messages.settle(post.key, reader, MessageState.SENT)


def test_post_goes_to_readers_of_place_severity_and_language(subscriptions):
    subscriptions.subscribe("kz@x.example", KZ)
    subscriptions.subscribe("ir@x.example", IR)
    subscriptions.subscribe("deep@x.example", severity=Severity.NEAR_TOTAL)
    subscriptions.subscribe("fa@x.example", lang="fa")
    assert recipients(subscriptions, reader_post()) == {"kz@x.example"}


def test_later_posts_reach_whoever_got_the_first(subscriptions):
    """P11: a correction goes where the original went, and nowhere else."""
    subscriptions.subscribe("major@x.example", severity=Severity.MAJOR)
    first = reader_post(1)
    recipients(subscriptions, first)
    send_all(subscriptions, first)
    subscriptions.subscribe("late@x.example")
    restored = reader_post(2, kind=EventKind.RESTORED, severity=Severity.MINOR)
    assert recipients(subscriptions, restored) == {"major@x.example", "late@x.example"}
    subscriptions.subscribe("later@x.example")
    retracted = reader_post(3, kind=EventKind.RETRACTED)
    assert recipients(subscriptions, retracted) == {"major@x.example"}


def test_post_is_expanded_once(subscriptions):
    subscriptions.subscribe()
    post = reader_post()
    assert recipients(subscriptions, post) == {ADDRESS}
    subscriptions.subscribe("late@x.example")
    assert recipients(subscriptions, post) == {ADDRESS}


def test_message_has_one_claim(subscriptions):
    reader, post = subscriptions.subscribe(), reader_post()
    messages = subscriptions.messages
    messages.expand(post)
    assert messages.claim(post.key, reader.id, AT) is not None
    assert messages.claim(post.key, reader.id, AT) is None


def test_interrupted_message_waits_for_a_later_decision(subscriptions):
    reader, post = subscriptions.subscribe(), reader_post()
    messages = subscriptions.messages
    messages.expand(post)
    messages.claim(post.key, reader.id, AT)
    messages.doubt_interrupted(post.key)
    messages.requeue_doubtful(post.key, AT)
    assert messages.counts(post.key) == {MessageState.DOUBTFUL: 1}
    messages.requeue_doubtful(post.key, AT + HOURS)
    assert messages.waiting(post.key) == (reader.id,)


def test_erased_reader_has_no_messages(subscriptions):
    reader, post = subscriptions.subscribe(), reader_post()
    messages = subscriptions.messages
    messages.expand(post)
    subscriptions.readers.erase(reader.id, AT, never_again=False)
    assert messages.waiting(post.key) == ()
    assert messages.claim(post.key, reader.id, AT) is None
    assert messages.counts(post.key) == {}
