"""Kinds of loss of a store, each in the middle of a story with four posts.

The story is a made-up blackout: confirmed after an hour and a half, updated after one and
two days, restored after two and a half.
"""

import os
import re
import shutil
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path
from typing import Any

from bot import bootstrap
from bot.bootstrap.backup import back_up_store
from bot.config import loading as configuration
from bot.model.delivery import Delivery, DeliveryState, Receipt
from bot.publishing.delivery_admin import DeliveryAdmin
from bot.tick.loop import Loop
from tests import stories
from tests.servers.smtp import Mailbox
from tests.soak.places import Place, Shown

_POLL = timedelta(minutes=30)
_FURTHER_TICKS, _FURTHER_POLL = 5, timedelta(minutes=10)
_UNDER_WAY = {DeliveryState.WAITING, DeliveryState.SENDING, DeliveryState.UNKNOWN}
_LONGER_THAN_WRITING_S = 2.5
EVENTS = (1, 2, 3, 4)


@dataclass
class Installation:
    """A folder with a configuration, its store, and the loop as `outagewire run` builds it.

    Attributes:
        home: the folder.
        places: where it posts.
        operators: the mailbox of the operators.
        country: the country of the story.
        desk: whether the places are editors, who get every draft for review.
    """

    home: Path
    places: list[Place]
    operators: Mailbox
    country: str
    desk: bool = False
    clock: stories.RecordingClock = field(init=False)
    out_before: dict[str, list[Shown]] = field(default_factory=dict, init=False)
    _application: bootstrap.Application | None = field(default=None, init=False)
    _network: str = field(default="open", init=False)

    def __post_init__(self) -> None:
        self.home.mkdir(parents=True)
        self.write_story()
        self.clock = stories.RecordingClock(stories.FALL - timedelta(hours=1))
        rules = [{"name": "all", "action": "review" if self.desk else "publish"}]
        sections: dict[str, Any] = {
            "operators": {
                "kind": "mail",
                "host": "127.0.0.1",
                "port": self.operators.port,
                "security": "none",
                "sender": "wire@outages.example",
                "to": ["noc@news.example"],
            },
            "policy": {"rules": rules, "stale_after": "30d"},
        }
        channels = {place.name: place.section for place in self.places}
        if self.desk:
            sections["editors"] = self.places[0].section
            channels = {"wire": {"kind": "file", "path": str(self.home / "posts")}}
        self._settings = stories.settings(
            self.home, self.home / "recording", channels, "14d", **sections
        )
        for place in self.places:
            os.environ |= place.secrets

    @property
    def store(self) -> Path:
        return self.home / "wire.db"

    def write_story(self, left: float = 0.04) -> None:
        """Write the recording; a source that has revised its readings shows other levels."""
        stories.blackout(self.home / "recording", self.country, left)

    def start(self) -> None:
        """Start the program, as `outagewire run` does."""
        config = configuration.check_values(self._settings, "test")
        self._application = bootstrap.build_live(
            config, self.clock, bootstrap.BackfillProgress()
        )
        self._application.runner.open()
        self._loop = Loop(
            self._application.runner,
            self.clock,
            _POLL,
            lambda tick: None,
            self._application.alerts,
        )

    def tick_at(self, *hours: float) -> None:
        """Run a tick at each of these times, in hours after the fall."""
        if self._application is None:
            self.start()
        for hour in hours:
            self.clock.sleep(stories.FALL + timedelta(hours=hour) - self.clock.now())
            self._loop.run(once=True)
            self._catch_up()
        assert self._loop.failures == 0

    def _catch_up(self) -> None:
        """Run further ticks, within an hour, until no post is due: a server may be busy.

        While the test makes the network fail, no further tick is run.
        """
        assert self._application is not None
        queue = self._application.store.deliveries
        for _ in range(_FURTHER_TICKS):
            states = {d.state for d in queue.recent(self.clock.now())}
            if self._network != "open" or not states & _UNDER_WAY:
                return
            self.clock.sleep(_FURTHER_POLL)
            self._loop.run(once=True)

    def stop(self) -> None:
        """Stop the program between two ticks."""
        if self._application is not None:
            self._application.store.close()
        self._application = None

    def back_up(self) -> Path:
        """Run `outagewire backup` while the program runs; return the copy."""
        config = self.home / "config.toml"
        config.write_text(f'[store]\npath = "{self.store}"\n', "utf-8")
        copy = self.home / f"backup-{self.clock.now():%d-%H%M}.db"
        back_up_store(config, copy)
        return copy

    def copy_files(self) -> Path:
        """Stop the program, copy every file of the store; return the folder."""
        self.stop()
        copy = self.home / f"copy-{self.clock.now():%d-%H%M}"
        copy.mkdir()
        for file in self.home.glob("wire.db*"):
            shutil.copy(file, copy)
        return copy

    def lose(self, *, published_times: bool = False) -> None:
        """Stop the program and delete the store; also the file of published times."""
        self.stop()
        for place in self.places:
            self.out_before[place.name] = place.shown()
        ends = ["", "-wal", "-shm"] + [".published.json"] * published_times
        for end in ends:
            self.store.with_name(f"wire.db{end}").unlink(missing_ok=True)

    def restore(self, copy: Path, *, published_times: bool = False) -> None:
        """Lose the store, and put a backup or a folder of copied files in its place."""
        self.lose(published_times=published_times)
        if copy.is_file():
            shutil.copy(copy, self.store)
            return
        for file in copy.iterdir():
            if published_times or not file.name.endswith(".json"):
                shutil.copy(file, self.home)

    def set_network(self, state: str) -> None:
        """Make the network to all places open, down, slow or lossy."""
        self._network = state
        for place in self.places:
            place.set_network(state)

    def deliveries(self, place: Place) -> list[Delivery]:
        """Return the deliveries to a place, oldest event first."""
        assert self._application is not None
        deliveries = self._application.store.deliveries.all()
        return [d for d in deliveries if d.post.channel == place.name]

    def settle_what_waits(self) -> None:
        """Record as posted what waits for a person, as `deliveries settle` does."""
        assert self._application is not None
        store = self._application.store
        admin = DeliveryAdmin(store, self.clock, "Ada", "seen there")
        for place in self.places:
            ids = {event_of(post, self.country): post.id for post in place.shown()}
            for delivery in self.deliveries(place):
                if delivery.state is DeliveryState.PERSON:
                    number = int(delivery.post.event.rpartition(".")[2])
                    admin.mark_posted(delivery.post.key, Receipt(ids[number]))

    def close(self) -> None:
        """Stop the program and what was started for its places."""
        self.stop()
        for place in self.places:
            place.stop()


Loss = Callable[[Installation], None]
"""Plays the story with one kind of loss in the middle."""


def restored_from_a_backup(made: Installation) -> None:
    """The copy is a few minutes old, and the file of published times is in its place."""
    made.tick_at(-1, 1.6, 25.2)
    copy = made.back_up()
    made.tick_at(26.6)
    made.restore(copy)
    made.tick_at(27, 50, 63)


def restored_from_yesterday(made: Installation) -> None:
    """The copied files include the file of published times, which comes back as well."""
    made.tick_at(-1, 1.6, 3)
    copy = made.copy_files()
    made.tick_at(26)
    made.restore(copy, published_times=True)
    made.tick_at(27, 50, 63)


def restored_without_published_times(made: Installation) -> None:
    made.tick_at(-1, 1.6, 3)
    copy = made.copy_files()
    made.tick_at(26)
    made.restore(copy)
    made.store.with_name("wire.db.published.json").unlink()
    made.tick_at(27, 50, 63)


def all_files_put_back_at_once(made: Installation) -> None:
    """Less than three hours after the copy, only the change time of a file shows it."""
    made.tick_at(-1, 1.6, 25.2)
    copy = made.copy_files()
    made.tick_at(26.6)
    # Times of the same two seconds count as equal; a person takes longer than that.
    time.sleep(_LONGER_THAN_WRITING_S)
    made.restore(copy, published_times=True)
    made.tick_at(27, 50, 63)


def store_lost(made: Installation) -> None:
    made.tick_at(-1, 1.6, 26)
    made.lose()
    made.tick_at(27, 50, 63)


def store_and_published_times_lost(made: Installation) -> None:
    made.tick_at(-1, 1.6, 26)
    made.lose(published_times=True)
    made.tick_at(27, 50, 63)


def copied_in_doubt(made: Installation) -> None:
    """The copy has the second post in doubt; after the copy, it was settled."""
    made.tick_at(-1, 1.6)
    made.set_network("lossy")
    made.tick_at(26)
    made.set_network("open")
    copy = made.copy_files()
    made.tick_at(27)
    made.restore(copy)
    made.tick_at(28, 50, 63)


def lost_in_doubt(made: Installation) -> None:
    """The answer to the second post is lost, and so is the store that knows of it."""
    made.tick_at(-1, 1.6, 3)
    copy = made.back_up()
    made.set_network("lossy")
    made.tick_at(26)
    made.set_network("open")
    made.restore(copy)
    made.tick_at(27, 50, 63)


def restored_twice(made: Installation) -> None:
    made.tick_at(-1, 1.6, 3)
    copy = made.back_up()
    made.tick_at(26)
    made.restore(copy)
    made.tick_at(27, 50)
    made.restore(copy)
    made.tick_at(51, 63)


def restored_and_restarted(made: Installation) -> None:
    """After the restore the incident goes on, through two ordinary restarts."""
    made.tick_at(-1, 1.6, 3)
    copy = made.back_up()
    made.tick_at(26)
    made.restore(copy)
    made.tick_at(27)
    made.stop()
    made.tick_at(28, 49.5)
    made.stop()
    made.tick_at(50, 63)


def restored_and_settled(made: Installation) -> None:
    """A person looks at the channels, and records what is posted there."""
    made.tick_at(-1, 1.6, 3)
    copy = made.back_up()
    made.tick_at(26)
    made.restore(copy)
    made.tick_at(27)
    made.settle_what_waits()
    made.tick_at(50, 63)


def unreachable_at_first_contact(made: Installation) -> None:
    made.tick_at(-1, 1.6, 3)
    copy = made.back_up()
    made.tick_at(26)
    made.restore(copy)
    made.set_network("down")
    made.tick_at(27, 28)
    made.set_network("open")
    made.tick_at(30, 50, 63)


def slow_at_first_contact(made: Installation) -> None:
    """Each request takes longer than the channel waits, but arrives."""
    made.tick_at(-1, 1.6, 26)
    made.lose()
    made.set_network("slow")
    made.tick_at(27)
    made.set_network("open")
    made.tick_at(30, 32, 50, 63)


def lost_and_readings_revised(made: Installation) -> None:
    """The new store says the same in other words: 6% of normal levels, and not 4%."""
    made.tick_at(-1, 1.6, 26)
    made.lose()
    made.write_story(left=0.06)
    made.tick_at(27, 50, 63)


LOSSES: tuple[Loss, ...] = (
    restored_from_a_backup,
    restored_from_yesterday,
    restored_without_published_times,
    all_files_put_back_at_once,
    store_lost,
    store_and_published_times_lost,
    copied_in_doubt,
    lost_in_doubt,
    restored_twice,
    restored_and_restarted,
    restored_and_settled,
    unreachable_at_first_contact,
    slow_at_first_contact,
    lost_and_readings_revised,
)


@dataclass(frozen=True)
class Outcome:
    """What became of the story at one place.

    Attributes:
        events: the numbers of the events whose posts are shown, in the order of posts.
        waiting: the numbers of the events whose posts wait for a person.
        refused: the numbers of the events whose posts were refused.
        parents: for each post shown, the number of the event whose post it replies to;
            None if it replies to nothing, 0 if it replies to something else.
        repeats: letters to editors that were received again with the same id, or in other
            words.
    """

    place: Place
    loss: str
    before: int
    events: tuple[int, ...]
    waiting: tuple[int, ...]
    refused: tuple[int, ...]
    parents: tuple[int | None, ...]
    repeats: int

    @property
    def doubled(self) -> int:
        """How many posts report an event that an earlier post reported."""
        return len(self.events) - len(set(self.events))

    def line(self) -> str:
        """Return a line of the table."""
        name = f"{self.place.section['kind']} ({self.place.name})"
        return (
            f"{name:<20} {self.loss:<34} {self.before:>6} {len(self.events):>6}"
            f" {self.doubled:>8} {len(self.waiting):>8} {self.repeats:>8}"
        )


HEADING = (
    f"{'channel':<20} {'loss':<34} {'before':>6} {'after':>6} {'doubled':>8}"
    f" {'waiting':>8} {'repeats':>8}"
)


def outcome_of(made: Installation, place: Place, loss: Loss) -> Outcome:
    """Compare what readers see at a place with the store."""
    shown = [post for post in place.shown() if event_of(post, made.country)]
    first = {post.id: post for post in reversed(shown)}
    distinct = shown
    # A letter to editors that has an old id is not doubled, because their mail program
    # recognizes it; to the public it is.
    if made.desk:
        distinct = [post for post in shown if first.pop(post.id, None)]
        distinct = _without_other_drafts(distinct, made.country)
    deliveries = made.deliveries(place)
    before = [p for p in made.out_before[place.name] if event_of(p, made.country)]
    return Outcome(
        place,
        loss.__name__.replace("_", " "),
        len({post.id for post in before}),
        tuple(event_of(post, made.country) for post in distinct),
        _in_state(deliveries, DeliveryState.PERSON),
        _in_state(deliveries, DeliveryState.REFUSED),
        tuple(_parents(distinct, made.country)),
        len(shown) - len(distinct),
    )


def _in_state(deliveries: list[Delivery], state: DeliveryState) -> tuple[int, ...]:
    chosen = [d.post.event for d in deliveries if d.state is state]
    return tuple(int(event.rpartition(".")[2]) for event in chosen)


def _without_other_drafts(shown: list[Shown], country: str) -> list[Shown]:
    """Leave out letters about an event in other words than its first letter.

    Such a letter is about another draft, which an editor must review as well.
    """
    words: dict[int, str] = {}
    return [
        post
        for post in shown
        if words.setdefault(event_of(post, country), post.text) == post.text
    ]


def _parents(shown: list[Shown], country: str) -> Iterator[int | None]:
    numbers = {post.id: event_of(post, country) for post in shown}
    for post in shown:
        yield None if post.parent is None else numbers.get(post.parent, 0)


_DAYS = {"14 January": 2, "15 January": 3}


def event_of(post: Shown, country: str) -> int:
    """Return the number of the event that a post reports; 0 if it is of another story.

    Two posts that report the same event are doubled, whatever their words.
    """
    if match := re.search(r"\b([A-Z]{2})-2026-0113\.(\d)\b", post.text):
        return int(match[2]) if match[1] == country else 0
    if "Confirmed" in post.text:
        return 1
    if "Restored" in post.text:
        return 4
    return max((n for day, n in _DAYS.items() if day in post.text), default=0)
