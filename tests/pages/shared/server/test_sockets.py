"""Nothing that the server sends waits for what it sent before to be confirmed."""

import socket

from pages.shared.server import sockets


def waits(there: socket.socket) -> bool:
    return not there.getsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY)


def test_what_a_listening_socket_accepts_sends_at_once():
    with socket.socket() as listening, socket.socket() as other:
        listening.bind(("127.0.0.1", 0))
        listening.listen()
        sockets.send_at_once()
        with socket.create_connection(listening.getsockname()), listening.accept()[0] as accepted:
            assert not waits(accepted)
        assert waits(other)
