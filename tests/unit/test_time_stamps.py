"""Time stamps of an OpenSSL authority are checked as RFC 3161 asks (P4)."""

import hashlib
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.errors import TimeStampError
from bot.site.evidence.timestamps import der
from bot.site.evidence.timestamps.messages import (
    parse_content,
    parse_reply,
    request_text,
)
from bot.site.evidence.timestamps.verification import load_certificates, verify_reply
from tests.servers.time_stamps import OpensslAuthority, openssl

DIGEST = hashlib.sha256(b"entry").digest()
NONCE = 2**63 + 5


@pytest.fixture(scope="module")
def authority(tmp_path_factory) -> OpensslAuthority:
    return OpensslAuthority(tmp_path_factory.mktemp("tsa") / "tsa")


@pytest.fixture(scope="module")
def reply(authority) -> bytes:
    return authority.reply(request_text(DIGEST, NONCE))


def trusted(authority: OpensslAuthority) -> bytes:
    return authority.trusted.read_bytes()


def test_time_stamp_of_openssl_verifies(authority, reply):
    before = datetime.now(UTC)
    stamp = verify_reply(reply, DIGEST, trusted(authority))
    assert stamp.signer == "Test TSA"
    assert stamp.nonce == NONCE
    # The accuracy of 1.5 seconds is added, and the sum is rounded up.
    at = parse_content(parse_reply(reply).content).at
    assert stamp.not_after == at.replace(microsecond=0) + timedelta(seconds=2)
    assert abs(at - before) < timedelta(minutes=1)


def test_request_is_the_one_that_openssl_makes(authority, tmp_path):
    words = ("-query", "-digest", DIGEST.hex(), "-sha256", "-cert", "-no_nonce")
    made = openssl(authority.folder, "ts", *words).stdout
    without_nonce = request_text(DIGEST, 0)
    assert without_nonce.replace(der.encode_number(0), b"")[2:] == made[2:]


@pytest.mark.parametrize(
    "options",
    [
        {"key": ("rsa", "-pkeyopt", "rsa_keygen_bits:2048"), "ess": "sha1"},
        {"key": ("ec", "-pkeyopt", "ec_paramgen_curve:P-384"), "ess": "sha512"},
    ],
    ids=["rsa", "ec"],
)
def test_other_keys_and_hashes_verify(tmp_path, options):
    other = OpensslAuthority(tmp_path, **options)
    reply = other.reply(request_text(DIGEST, NONCE))
    assert verify_reply(reply, DIGEST, trusted(other)).nonce == NONCE


def test_time_stamp_of_another_hash_is_refused(authority, reply):
    with pytest.raises(TimeStampError, match="another hash"):
        verify_reply(reply, hashlib.sha256(b"other").digest(), trusted(authority))


def test_time_stamp_of_another_algorithm_is_refused(authority):
    words = ("-query", "-digest", DIGEST.hex() * 2, "-sha512", "-cert")
    request = openssl(authority.folder, "ts", *words).stdout
    with pytest.raises(TimeStampError, match="another algorithm"):
        verify_reply(authority.reply(request), DIGEST, trusted(authority))


def test_certificates_of_another_authority_do_not_verify(reply, tmp_path):
    # The names of all certificates are the same.
    other = OpensslAuthority(tmp_path)
    with pytest.raises(TimeStampError, match="no valid chain"):
        verify_reply(reply, DIGEST, trusted(other))


def test_reply_of_a_refused_request_gives_the_reason(authority):
    words = ("-query", "-digest", "00" * 20, "-sha1", "-cert")
    request = openssl(authority.folder, "ts", *words).stdout
    with pytest.raises(TimeStampError, match="does not support the hash algorithm"):
        verify_reply(authority.reply(request), DIGEST, trusted(authority))


def content_at(reply: bytes, time: bytes) -> bytes:
    """Return the content of a reply with another time, written as 14 digits."""
    content = parse_reply(reply).content
    at = content.index(b"20")
    return content[:at] + time + content[at + 14 :]


@pytest.fixture(scope="module")
def later(reply) -> bytes:
    """Return the content of the reply, dated an hour later.

    The certificates that the tests make are not valid at the time of the reply itself.
    """
    at = parse_content(parse_reply(reply).content).at + timedelta(hours=1)
    return content_at(reply, f"{at:%Y%m%d%H%M%S}".encode())


def test_forged_reply_with_a_proper_signer_verifies(authority, later):
    """So the refusals of the next tests have no other reason."""
    forged = authority.forged(later)
    assert verify_reply(forged, DIGEST, trusted(authority)).nonce == NONCE


@pytest.mark.parametrize(
    "usage",
    ["web", "stamps-and-web", "not-critical", "no-usage", "no-signatures", "middle"],
)
def test_signer_must_be_for_time_stamps_alone(authority, later, usage):
    forged = authority.forged(later, usage)
    with pytest.raises(TimeStampError, match="no valid chain"):
        verify_reply(forged, DIGEST, trusted(authority))


def test_hidden_characters_in_a_certificate_reach_nobody(authority, later, tmp_path):
    other = OpensslAuthority(tmp_path, name="Test\nTSA\u202e" + "x" * 40)
    with pytest.raises(TimeStampError) as caught:
        verify_reply(other.forged(later), DIGEST, trusted(authority))
    assert str(caught.value).isprintable()


def test_signer_of_time_stamps_may_not_issue_certificates(authority, later):
    forged = authority.forged(later, by="signer")
    with pytest.raises(TimeStampError, match="no valid chain"):
        verify_reply(forged, DIGEST, trusted(authority))


@pytest.mark.parametrize("year", [b"2001", b"2099"])
def test_certificates_must_be_valid_at_the_time_of_the_stamp(authority, reply, year):
    content = content_at(reply, year + b"1224103000")
    with pytest.raises(TimeStampError, match=f"at {year.decode()}-12-24 10:30 UTC"):
        verify_reply(authority.forged(content), DIGEST, trusted(authority))


@pytest.mark.parametrize("time", [b"20261399000000", b"99991231235959"])
def test_time_that_does_not_exist_is_refused(authority, reply, time):
    forged = authority.forged(content_at(reply, time))
    with pytest.raises(TimeStampError, match="no content of a time stamp"):
        verify_reply(forged, DIGEST, trusted(authority))


def test_changed_content_or_signature_does_not_verify(authority, reply):
    token = parse_reply(reply)
    for part in (token.content, token.signature.value, token.signature.signed[1:]):
        start = reply.index(part)
        for at in range(start, start + len(part), 11):
            changed = reply[:at] + bytes((reply[at] ^ 1,)) + reply[at + 1 :]
            with pytest.raises(TimeStampError):
                verify_reply(changed, DIGEST, trusted(authority))


# A changed serial number may be negative, of which the package would warn.
@pytest.mark.filterwarnings("error")
def test_any_changed_byte_gives_an_error_or_the_same_proof(authority, reply):
    """The certificates of a reply and its status are not signed, and prove nothing."""
    stamp = verify_reply(reply, DIGEST, trusted(authority))
    for at in range(0, len(reply), 7):
        changed = reply[:at] + bytes((reply[at] ^ 0x41,)) + reply[at + 1 :]
        try:
            same = verify_reply(changed, DIGEST, trusted(authority))
        except TimeStampError:
            continue
        assert same == stamp


def test_two_signatures_in_a_reply_are_refused(authority, reply):
    with pytest.raises(TimeStampError, match="no reply with a time stamp"):
        verify_reply(reply + reply, DIGEST, trusted(authority))


def test_foreign_data_are_no_reply(authority):
    for data in (b"", b"<html>nothing</html>", b"\x30\x80\x00\x00", b"\x30\x05\x02"):
        with pytest.raises(TimeStampError, match="no reply with a time stamp"):
            verify_reply(data, DIGEST, trusted(authority))


@given(st.binary(max_size=80))
@settings(max_examples=150, deadline=None)
def test_no_data_raise_another_error(data):
    for parse in (parse_reply, parse_content):
        with pytest.raises(TimeStampError):
            parse(der.encode(der.SEQUENCE, data))


@given(
    st.integers(0, 2), st.integers(0, 39), st.lists(st.integers(0, 2**40), max_size=5)
)
def test_object_identifiers_are_read_as_written(first, second, others):
    dotted = ".".join(map(str, (first, second, *others)))
    element = der.read(der.encode_identifier(dotted), der.OBJECT_IDENTIFIER)
    assert der.identifier(element) == dotted


@given(st.integers(0, 2**70), st.binary(max_size=300))
def test_elements_are_read_as_written(number, data):
    parts = der.encode_number(number), der.encode(der.OCTET_STRING, data)
    fields = der.read(der.encode(der.SEQUENCE, *parts), der.SEQUENCE).fields()
    assert fields.take(der.INTEGER).number() == number
    assert fields.take(der.OCTET_STRING).content == data
    assert fields.rest() == []


def test_file_without_certificates_of_a_ca_is_refused(authority):
    with pytest.raises(ValueError, match="no certificates in PEM"):
        load_certificates(b"nothing")
    with pytest.raises(ValueError, match="none of the certificates is that of a CA"):
        load_certificates((authority.folder / "signer.pem").read_bytes())
