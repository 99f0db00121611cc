"""An authority of time stamps (RFC 3161), made with OpenSSL, on loopback."""

import itertools
import subprocess
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from bot.site.evidence.timestamps.der import SEQUENCE, encode, encode_number
from bot.site.evidence.timestamps.messages import STAMP_CONTENT
from tests.servers.local import LocalServer, ReceivedRequest, Reply

_CONFIG = """
[req]
distinguished_name = name
[name]
[ca]
basicConstraints = critical, CA:TRUE
keyUsage = critical, keyCertSign, cRLSign
[middle]
basicConstraints = critical, CA:TRUE, pathlen:0
keyUsage = critical, keyCertSign, cRLSign
[signer]
basicConstraints = CA:FALSE
keyUsage = critical, digitalSignature
extendedKeyUsage = critical, timeStamping
[web]
basicConstraints = CA:FALSE
extendedKeyUsage = critical, serverAuth
[stamps-and-web]
basicConstraints = CA:FALSE
extendedKeyUsage = critical, timeStamping, serverAuth
[not-critical]
basicConstraints = CA:FALSE
extendedKeyUsage = timeStamping
[no-usage]
basicConstraints = CA:FALSE
[no-signatures]
basicConstraints = CA:FALSE
keyUsage = critical, keyEncipherment
extendedKeyUsage = critical, timeStamping
[tsa]
default_tsa = tsa_config
[tsa_config]
serial = serial
crypto_device = builtin
signer_cert = signer.pem
certs = chain.pem
signer_key = signer.key
signer_digest = sha256
default_policy = 1.2.3.4.1
digests = sha256, sha512
accuracy = secs:1, millisecs:500
ess_cert_id_alg = {ess}
"""
_QUICK_KEY = ("ec", "-pkeyopt", "ec_paramgen_curve:P-256")
REPLY_TYPE = {"Content-Type": "application/timestamp-reply"}


def openssl(folder: Path, *words: str) -> subprocess.CompletedProcess[bytes]:
    """Run OpenSSL in a folder; return what it answered, whatever its exit code."""
    command = ["openssl", *words]
    return subprocess.run(command, cwd=folder, capture_output=True, check=False)


def _run(folder: Path, *words: str) -> None:
    result = openssl(folder, *words)
    assert result.returncode == 0, result.stderr.decode()


@dataclass
class OpensslAuthority:
    """The keys and certificates of an authority: a CA, a CA below it, and a signer.

    Attributes:
        folder: where they are; `ca.pem` is the certificate that readers trust.
        key: the arguments of OpenSSL that make the signer's key.
        ess: the hash of the signer's certificate in a time stamp.
    """

    folder: Path
    key: tuple[str, ...] = _QUICK_KEY
    ess: str = "sha256"
    name: str = "Test TSA"
    days: int = 30
    _numbers: "itertools.count[int]" = field(default_factory=itertools.count)

    def __post_init__(self) -> None:
        self.folder.mkdir(parents=True, exist_ok=True)
        (self.folder / "openssl.cnf").write_text(_CONFIG.format(ess=self.ess))
        (self.folder / "serial").write_text("01\n")
        self._certificate("ca", "Test CA", "ca", None)
        self._certificate("middle", "Test middle CA", "middle", "ca")
        self._certificate("signer", self.name, "signer", "middle")
        chain = b"".join(
            (self.folder / f"{n}.pem").read_bytes() for n in ("signer", "middle")
        )
        (self.folder / "chain.pem").write_bytes(chain)

    @property
    def trusted(self) -> Path:
        """The file with the certificate of the CA."""
        return self.folder / "ca.pem"

    def reply(self, request: bytes) -> bytes:
        """Return the reply of `openssl ts -reply` to a request."""
        name = f"{next(self._numbers)}"
        (self.folder / f"{name}.tsq").write_bytes(request)
        where = ("-config", "openssl.cnf", "-queryfile", f"{name}.tsq")
        _run(self.folder, "ts", "-reply", *where, "-out", f"{name}.tsr")
        return (self.folder / f"{name}.tsr").read_bytes()

    def forged(
        self, content: bytes, usage: str = "signer", by: str = "middle"
    ) -> bytes:
        """Return a reply with any content, signed with a certificate for any purpose.

        Args:
            content: what is signed, the DER of a `TSTInfo`.
            usage: the section of the configuration with the certificate's extensions.
            by: the CA that issues the certificate.
        """
        self._certificate("forger", self.name, usage, by)
        (self.folder / "content").write_bytes(content)
        words = ["cms", "-sign", "-in", "content", "-binary", "-nodetach", "-cades"]
        words += ["-econtent_type", STAMP_CONTENT, "-outform", "DER", "-md", "sha256"]
        words += ["-signer", "forger.pem", "-inkey", "forger.key"]
        _run(self.folder, *words, "-certfile", "chain.pem", "-out", "forged")
        token = (self.folder / "forged").read_bytes()
        granted = encode(SEQUENCE, encode_number(0))
        return encode(SEQUENCE, granted, token)

    def _certificate(self, name: str, subject: str, section: str, by: str | None):
        folder, config = self.folder, ("-config", "openssl.cnf")
        key = self.key if name == "signer" else _QUICK_KEY
        _run(folder, "genpkey", "-algorithm", *key, "-out", f"{name}.key")
        words = ["req", "-new", "-x509", *config, "-days", str(self.days)]
        words += ["-key", f"{name}.key", "-subj", f"/O=Example/CN={subject}"]
        words += ["-extensions", section, "-out", f"{name}.pem", "-set_serial"]
        words += [str(next(self._numbers) + 100)]
        signer = () if by is None else ("-CA", f"{by}.pem", "-CAkey", f"{by}.key")
        _run(folder, *words, *signer)


class AuthorityServer:
    """A web server that stamps what is posted to it.

    Attributes:
        requests: what was received.
        change: makes the answer from the reply of the authority.
    """

    def __init__(
        self,
        authority: OpensslAuthority,
        change: Callable[[bytes], Reply] = lambda reply: Reply(
            body=reply, headers=REPLY_TYPE
        ),
    ) -> None:
        self._authority = authority
        self.requests: list[ReceivedRequest] = []
        self.change = change
        self.server = LocalServer(self._answer)
        self.url = f"{self.server.base_url}/tsr"

    def _answer(self, request: ReceivedRequest) -> Reply:
        self.requests.append(request)
        return self.change(self._authority.reply(request.body))
