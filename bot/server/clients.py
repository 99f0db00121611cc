"""Which client a request comes from, and how many places each client may hold."""

import ipaddress
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from bot.subscriptions.addresses import client_network


@dataclass(eq=False)
class Place:
    """The place of one stream.

    Attributes:
        network: the network of the client (see `client_network`).
        is_taken_away: whether the stream must end, because another client needs a place.
    """

    network: str
    is_taken_away: bool = False


class Places:
    """The places of streams, so that one client cannot hold all of them."""

    def __init__(self, most: int, per_client: int) -> None:
        """Begin with free places.

        Args:
            most: how many places there are.
            per_client: how many a network of clients may hold. This does not apply to this
                machine: a reverse proxy or Tor on it passes on the requests of many.
        """
        self._most = most
        self._per_client = per_client
        self._places: list[Place] = []

    def __len__(self) -> int:
        """How many places are held."""
        return len(self._places)

    def take(self, client: str) -> Place | None:
        """Give a place to a client with this IP address; None if there is none for it.

        If all places are held, the network with the most loses its oldest one, unless that
        would give the client's network as many or more.
        """
        network = client_network(client)
        held = Counter(place.network for place in self._places)
        if held[network] >= self._per_client and not _is_this_machine(client):
            return None
        if len(self._places) >= self._most:
            largest, count = held.most_common(1)[0]
            if count <= held[network] + 1:
                return None
            oldest = next(p for p in self._places if p.network == largest)
            oldest.is_taken_away = True
            self._places.remove(oldest)
        place = Place(network)
        self._places.append(place)
        return place

    def leave(self, place: Place) -> None:
        """Free a place; nothing happens if it was taken away."""
        if place in self._places:
            self._places.remove(place)


def slowest_first(
    waiting: Sequence[tuple[str, tuple[bool, float]]], all_clients: Sequence[str]
) -> int:
    """Return the index of the connection to close when there are too many.

    It is of the network that has the most connections, and there the one that has waited
    longest for its client. So slow clients elsewhere keep theirs.

    Args:
        waiting: the IP address of each connection that waits for its client, and how long
            it has waited (see `LimitedConnection.idleness`); at least one.
        all_clients: the IP address of every connection.
    """
    held = Counter(client_network(client) for client in all_clients)
    keys = [(-held[client_network(client)], since) for client, since in waiting]
    return min(range(len(keys)), key=keys.__getitem__)


def _is_this_machine(client: str) -> bool:
    try:
        address = ipaddress.ip_address(client)
    except ValueError:
        return False
    return (getattr(address, "ipv4_mapped", None) or address).is_loopback
