"""A server that answers a little at a time, without end."""

import socket
import threading


class DripServer:
    """A server that sends `first` to each client, and then `again` once in a period."""

    def __init__(self, first: bytes, again: bytes, period_s: float = 0.2) -> None:
        self._first = first
        self._again = again
        self._period_s = period_s
        self._stopped = threading.Event()
        self._listener = socket.create_server(("127.0.0.1", 0))
        self.port = int(self._listener.getsockname()[1])
        self._threads = [threading.Thread(target=self._accept)]
        self._threads[0].start()

    def stop(self) -> None:
        """Close all connections and stop listening; a second call does nothing."""
        if self._stopped.is_set():
            return
        self._stopped.set()
        socket.create_connection(("127.0.0.1", self.port)).close()
        for thread in self._threads:
            thread.join()
        self._listener.close()

    def _accept(self) -> None:
        while not self._stopped.is_set():
            connection, _ = self._listener.accept()
            self._threads.append(
                threading.Thread(target=self._drip, args=(connection,))
            )
            self._threads[-1].start()

    def _drip(self, connection: socket.socket) -> None:
        with connection:
            try:
                connection.sendall(self._first)
                while not self._stopped.wait(self._period_s):
                    connection.sendall(self._again)
            except OSError:
                return  # the client closed the connection, as it should
