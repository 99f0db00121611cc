"""The record of the pages that builds have written, beside the folder of the site."""

import os
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

from bot.durable_files import replace_file

_PAGE, _LIST = "page", "list"
_PRIVATE = 0o600


@dataclass(frozen=True, slots=True)
class BuildRecord:
    """Which pages of a site are written, and from what.

    While a build is not complete, the record is the file `SITE.building`; afterwards it is
    `SITE.built`, so that the next build writes only what has changed. The file has a
    version on its first line. The others are `page`, incident and digest, or `list` and
    the path of a file that lists are made from, separated by tabs.

    Attributes:
        root: the folder of the site; the record is beside it, because it is public.
        version: a digest of all that pages depend on beside their incidents.
        done: the digest of each page that is written, by incident.
        unsaved: the lines that are not in the file yet.
    """

    root: Path
    version: str
    done: dict[str, str] = field(default_factory=dict)
    unsaved: list[str] = field(default_factory=list)

    def open(self, lists: Iterable[str], *, anew: bool = False) -> None:
        """Read what earlier builds have written; forget it if it is of no use.

        A stopped build is continued in any case.

        Args:
            lists: the paths of the files that the lists of the site are made from. If one
                is lost, an entry may be lost, so all pages are written again.
            anew: whether to forget what a complete build has written.

        Raises:
            OSError: the file cannot be written.
        """
        stopped = _lines(unfinished_build(self.root), self.version)
        complete = None if anew else _lines(self._complete, self.version)
        lost = {line[1] for line in complete or () if line[0] == _LIST} - {*lists}
        usable = stopped if stopped is not None or lost else complete
        pages = [line for line in usable or () if line[0] == _PAGE and len(line) == 3]
        self.done.update({incident: digest for _, incident, digest in pages})
        text = "".join(f"{_PAGE}\t{i}\t{digest}\n" for i, digest in self.done.items())
        self.root.parent.mkdir(parents=True, exist_ok=True)
        content = f"{self.version}\n{text}".encode()
        replace_file(unfinished_build(self.root), content, _PRIVATE)

    def note(self, incident: str, digest: str) -> None:
        """Note that the page of an incident is written; `save` stores it."""
        if self.done.get(incident) != digest:
            self.done[incident] = digest
            self.unsaved.append(f"{_PAGE}\t{incident}\t{digest}\n")

    def save(self) -> None:
        """Store which pages are written, after all of them are on the disk.

        Raises:
            OSError: the file cannot be written.
        """
        if self.unsaved:
            os.sync()
            with unfinished_build(self.root).open("a", encoding="utf-8") as stream:
                stream.write("".join(self.unsaved))
            self.unsaved.clear()

    def close(self, incidents: Iterable[str], lists: Iterable[str]) -> None:
        """Store that the build is complete.

        Args:
            incidents: the ids of the incidents that the store has.
            lists: see `open`.

        Raises:
            OSError: the file cannot be written.
        """
        shown = [i for i in incidents if i in self.done]
        lines = [f"{_PAGE}\t{i}\t{self.done[i]}\n" for i in shown]
        lines += [f"{_LIST}\t{path}\n" for path in sorted(lists)]
        content = f"{self.version}\n{''.join(lines)}".encode()
        replace_file(self._complete, content, _PRIVATE)
        unfinished_build(self.root).unlink(missing_ok=True)

    @property
    def _complete(self) -> Path:
        return self.root.with_name(f"{self.root.name}.built")


def unfinished_build(root: Path) -> Path:
    """Return the file that exists while the build of the site `root` is not complete."""
    # A sibling of the folder: what is in the folder is public.
    return root.with_name(f"{root.name}.building")


def _lines(file: Path, version: str) -> list[list[str]] | None:
    """Return the parts of each line of a record; None if it is missing or of no use."""
    with suppress(FileNotFoundError, ValueError):
        first, *lines = file.read_text(encoding="utf-8").split("\n")
        if first == version:
            # What follows the last line break was not finished.
            return [line.split("\t") for line in lines[:-1]]
    return None
