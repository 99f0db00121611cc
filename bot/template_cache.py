"""The cache of the compiled templates: compiling those of one page takes 0.2 s."""

import marshal
import sys
from functools import cached_property
from hashlib import sha256
from importlib.metadata import version

import structlog
from jinja2 import BytecodeCache
from jinja2.bccache import Bucket

from bot.user_cache import CacheKind, UserCache, user_folder

_TEMPLATES = CacheKind(
    "templates", "The compiled templates", "the templates are compiled"
)


class TemplateCache(BytecodeCache):
    """Keeps the code of each template in the user's cache folder.

    The code is found by the name and the content of the template, so it is never that of
    another version. A failure of the cache is logged and not raised.
    """

    def __init__(self, options: str) -> None:
        """Prepare to cache code compiled with `options`; no file is touched yet.

        Args:
            options: all options of the environment on which the code depends.
        """
        self._options = options

    def get_cache_key(self, name: str, filename: str | None = None) -> str:  # noqa: ARG002
        """Return a key without the path: the same template is compiled once."""
        return super().get_cache_key(name)

    def load_bytecode(self, bucket: Bucket) -> None:
        """Put the code of a template into `bucket`, if it is stored."""
        content = self._cache.load(bucket.key, bucket.checksum)
        if content is not None:
            # Safe, because `user_cache` reads no file that another user could have
            # written, and no damaged one.
            bucket.code = marshal.loads(content)  # noqa: S302 # nosec B302

    def dump_bytecode(self, bucket: Bucket) -> None:
        """Store the code of the template in `bucket`."""
        if bucket.code is not None:
            self._cache.save(bucket.key, bucket.checksum, marshal.dumps(bucket.code))

    @cached_property
    def _cache(self) -> UserCache:
        # Our own version is there so that the folder of an old version is removed.
        versions = f"{version('jinja2')} {version('outagewire')} {sys.version}"
        digest = sha256(f"{versions} {self._options}".encode()).hexdigest()[:16]
        log = structlog.get_logger("templates")
        return UserCache(user_folder(), _TEMPLATES, digest, log.warning)
