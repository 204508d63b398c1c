"""Carries connections from sockets that were opened outside to ports of this network."""

import asyncio
import contextlib
import socket
from collections.abc import Awaitable, Callable, Mapping

_CHUNK_BYTES = 1 << 16


async def relay(ports: Mapping[socket.socket, int], until_closed: asyncio.StreamReader) -> None:
    """Carry what arrives at each listening socket to its port, until the given stream ends.

    A socket belongs to the network in which it was opened, and a process that was moved to
    another network still accepts there. So one process reaches both, and nothing else does.
    """
    async with contextlib.AsyncExitStack() as stack:
        for listener, port in ports.items():
            server = await asyncio.start_server(_carry_to(port), sock=listener)
            await stack.enter_async_context(server)
        await until_closed.read()


def _carry_to(
    port: int,
) -> Callable[[asyncio.StreamReader, asyncio.StreamWriter], Awaitable[None]]:
    async def carry(outer: asyncio.StreamReader, outer_writer: asyncio.StreamWriter) -> None:
        try:
            inner, inner_writer = await asyncio.open_connection("127.0.0.1", port)
        except OSError:
            outer_writer.close()
            return
        await asyncio.gather(_copy(outer, inner_writer), _copy(inner, outer_writer))
        for writer in (outer_writer, inner_writer):
            writer.close()

    return carry


async def _copy(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    # A peer that hangs up in the middle ends its own connection only.
    with contextlib.suppress(ConnectionError):
        while chunk := await reader.read(_CHUNK_BYTES):
            writer.write(chunk)
            await writer.drain()
        writer.write_eof()
