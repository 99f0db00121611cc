"""Saves the progress of a check of sentences in `sentences.json`, and prints it."""

import json
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

from rich.console import Console

from bot.cli.output.folder import writing
from bot.errors import RecordingError
from bot.evaluation.result_files import SENTENCES_FILE, read_sentences
from bot.evaluation.sentences import report
from bot.evaluation.sentences.oracle import SentenceScore
from bot.evaluation.sentences.program_version import program_version
from bot.site.static_files import write_atomically

_PRINT_INTERVAL = timedelta(seconds=5)
"""The shortest time between two lines of progress.

Checking one world takes a few seconds at most.
"""


class SentenceRun:
    """A check of the texts about generated worlds; it can continue a stopped check."""

    def __init__(
        self,
        out: Path,
        seeds: range,
        console: Console,
        elapsed: Callable[[], timedelta],
    ) -> None:
        """Read the result of an earlier check in `out`, to continue it.

        The earlier result is continued if this version of the program wrote it, and if
        it is about the first worlds of `seeds`. In any other case it is replaced.

        Args:
            out: the folder of `sentences.json`; it need not exist.
            seeds: the numbers of the worlds to check.
            console: where progress is printed.
            elapsed: returns the time since a fixed instant.
        """
        self._file, self._seeds, self._console = out / SENTENCES_FILE, seeds, console
        self._elapsed, self._shown_at = elapsed, elapsed()
        self._program = program_version()
        # A check may be interrupted at any time. A world counts once its score is in
        # this list, so an interrupted world does not count.
        self._scores: list[SentenceScore] = []
        self._earlier = self._read_earlier(out)

    @property
    def remaining_worlds(self) -> range:
        """The worlds that are not checked yet."""
        return self._seeds[self._done :]

    def add(self, score: SentenceScore | None) -> None:
        """Add the score of the next world; None adds nothing.

        With a score or None: save and print the progress if five seconds have passed
        since the last print.
        """
        if score is not None:
            self._scores.append(score)
        if self._elapsed() - self._shown_at >= _PRINT_INTERVAL:
            self._shown_at = self._elapsed()
            self.save()
            self._print(report.summary_line(self._total(), self._done))

    def save(self) -> None:
        """Write the total score of the seeds that have been checked so far.

        Raises:
            OutputError: the file cannot be written.
        """
        seeds = self._seeds[: self._done]
        document = report.sentences_document(self._total(), seeds, self._program)
        text = json.dumps(document, indent=1, ensure_ascii=False) + "\n"
        with writing(self._file.parent):
            self._file.parent.mkdir(parents=True, exist_ok=True)
            write_atomically(self._file, text)

    def finish(self) -> None:
        """Write and print the total score of the checked worlds."""
        self.save()
        total = self._total()
        for line in (report.summary_line(total, self._done), *report.lines(total)):
            self._print(line)
        self._print(f"Written to {self._file}.")

    @property
    def _done(self) -> int:
        earlier = self._earlier[1] if self._earlier else 0
        return earlier + len(self._scores)

    def _total(self) -> SentenceScore:
        total = SentenceScore()
        for score in [self._earlier[0]] if self._earlier else []:
            total.add(score)
        for score in self._scores:
            total.add(score)
        return total

    def _read_earlier(self, out: Path) -> tuple[SentenceScore, int] | None:
        """Return the score and the number of worlds of the earlier check.

        Return None if there is no earlier check that can be continued.
        """
        try:
            document = read_sentences(out)
        except RecordingError:
            return None
        if document is None or not self._is_beginning(document):
            return None
        worlds = document["worlds"]
        self._print(f"{worlds} worlds were checked before, by the same program.")
        return report.score_from_document(document), worlds

    def _is_beginning(self, document: report.Document) -> bool:
        """Return whether `document` has the result for the first seeds of this run.

        The result is False if another version of the program wrote the document.
        """
        return (
            document.get("program") == self._program
            and document["first_world"] == self._seeds.start
            and 0 < document["worlds"] <= len(self._seeds)
        )

    def _print(self, line: str) -> None:
        self._console.print(line, markup=False)
