"""The relay that carries connections into another network; here both ends are in this one."""

import asyncio
import socket

from kiosk.demo.relay import relay


async def shout(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    """Answer in capitals, but only when the caller has said all."""
    writer.write((await reader.read()).upper())
    writer.close()


async def with_relay(port: int, talk: object) -> bytes:
    listener = socket.create_server(("127.0.0.1", 0))
    until_closed = asyncio.StreamReader()
    running = asyncio.create_task(relay({listener: port}, until_closed))
    reader, writer = await asyncio.open_connection(*listener.getsockname())
    answer: bytes = await talk(reader, writer)  # type: ignore[operator]
    until_closed.feed_eof()
    await running
    return answer


def test_a_long_message_arrives_whole_and_the_answer_comes_back() -> None:
    message = b"abcdefgh" * 500_000

    async def talk(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> bytes:
        writer.write(message)
        writer.write_eof()
        return await reader.read()

    async def run() -> bytes:
        async with await asyncio.start_server(shout, "127.0.0.1", 0) as server:
            return await with_relay(server.sockets[0].getsockname()[1], talk)

    assert asyncio.run(run()) == message.upper()


def test_a_caller_whose_server_is_away_is_hung_up_on() -> None:
    with socket.create_server(("127.0.0.1", 0)) as probe:
        nobody_listens = probe.getsockname()[1]

    async def talk(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> bytes:
        return await asyncio.wait_for(reader.read(), timeout=5)

    assert asyncio.run(with_relay(nobody_listens, talk)) == b""


def test_the_relay_ends_when_its_stream_ends_and_takes_no_more_callers() -> None:
    async def run() -> int:
        listener = socket.create_server(("127.0.0.1", 0))
        address = listener.getsockname()
        until_closed = asyncio.StreamReader()
        until_closed.feed_eof()
        await asyncio.wait_for(relay({listener: 1}, until_closed), timeout=5)
        with socket.socket() as caller:
            return caller.connect_ex(address)

    assert asyncio.run(run()) != 0
