"""The records in the store that cannot be read, each with the reason."""

from collections.abc import Callable, Iterable, Mapping
from threading import Lock
from typing import TypeVar

from bot.errors import RecordDamaged

R = TypeVar("R")
T = TypeVar("T")


class DamagedRecords:
    """Notes which records were found damaged at the last attempt to read them.

    A damaged record is never changed or deleted here: a person may restore it. Several
    threads may use the same object.
    """

    def __init__(self) -> None:
        """Begin without a damaged record."""
        self._reasons: dict[str, str] = {}
        self._lock = Lock()

    def reasons(self) -> Mapping[str, str]:
        """Return why each damaged record cannot be read, by its kind and id.

        A key is, for example, `incident KZ-2022-0104`.
        """
        with self._lock:
            return dict(sorted(self._reasons.items()))

    def read(self, name: str, convert: Callable[[R], T], row: R) -> T:
        """Return `convert(row)`; note whether the record `name` is damaged.

        Raises:
            RecordDamaged: the record cannot be read; the message has its name.
        """
        try:
            record = convert(row)
        except RecordDamaged as error:
            with self._lock:
                self._reasons[name] = str(error)
            raise RecordDamaged(f"{name}: {error}") from error
        with self._lock:
            self._reasons.pop(name, None)
        return record

    def readable(
        self, rows: Iterable[R], name: Callable[[R], str], convert: Callable[[R], T]
    ) -> tuple[T, ...]:
        """Return the records of those rows that can be read, in the same order.

        Args:
            rows: the rows.
            name: returns the kind and id of a row's record.
            convert: returns the record of a row, or raises RecordDamaged.
        """
        records = []
        for row in rows:
            try:
                records.append(self.read(name(row), convert, row))
            except RecordDamaged:
                continue
        return tuple(records)
