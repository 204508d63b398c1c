"""A real PostgreSQL 15, from Debian's package, in a folder of its own on a Unix socket."""

import os
import shutil
import signal
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import psycopg

BINARIES = Path("/usr/lib/postgresql/15/bin")
STARTS_IN_S = 30
SERVER_SETTINGS = {
    "listen_addresses": "",
    "fsync": "off",  # the tests end clients, never the machine
    "full_page_writes": "off",
    "max_connections": "60",
    "shared_buffers": "16MB",
}


@dataclass(frozen=True, slots=True)
class Postgres:
    """A running server."""

    folder: Path

    def new_database(self, name: str) -> str:
        """Make an empty schema, which is a database as far as one program can see.

        Returns
        -------
        str
            Its SQLAlchemy address.
        """
        with self.connect(name) as connection:
            connection.execute(f"CREATE SCHEMA {name}".encode())
        return f"postgresql+psycopg://kiosk@/postgres?host={self.folder}&options=-csearch_path%3D{name}"

    def connect(self, name: str) -> psycopg.Connection:
        """Return a plain connection that sees one schema, past the store."""
        return psycopg.connect(
            host=str(self.folder),
            dbname="postgres",
            user="kiosk",
            options=f"-csearch_path={name}",
            autocommit=True,
        )


@contextmanager
def running_postgres() -> Iterator[Postgres]:
    """Run a server as long as the block lasts; leave nothing behind."""
    # Not under the tests' own folder, which only root may enter: the server refuses to be root.
    folder = Path(tempfile.mkdtemp(prefix="pg"))
    if os.geteuid() == 0:
        shutil.chown(folder, "postgres")
    cluster = folder / "data"
    _run("initdb", "-D", cluster, "-U", "kiosk", "--auth=trust", "--no-sync", "--encoding=UTF8")
    settings = [part for pair in SERVER_SETTINGS.items() for part in ("-c", "=".join(pair))]
    server = subprocess.Popen(
        _as_user("postgres", "-D", cluster, "-k", folder, *settings),
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )
    try:
        postgres = Postgres(folder)
        _wait_for(postgres)
        yield postgres
    finally:
        # runuser passes no signal on, so the server itself is told; SIGQUIT keeps nothing.
        pid_file = cluster / "postmaster.pid"
        if pid_file.exists():
            os.kill(int(pid_file.read_text().split()[0]), signal.SIGQUIT)
        server.wait(timeout=STARTS_IN_S)
        shutil.rmtree(folder)


def _wait_for(postgres: Postgres) -> None:
    deadline = time.monotonic() + STARTS_IN_S
    while True:
        try:
            postgres.connect("public").close()
        except psycopg.OperationalError:
            if time.monotonic() > deadline:
                raise
            time.sleep(0.05)
        else:
            return


def _run(program: str, *arguments: object) -> None:
    subprocess.run(_as_user(program, *arguments), check=True, capture_output=True, cwd="/")


def _as_user(program: str, *arguments: object) -> list[str]:
    command = [str(BINARIES / program), *map(str, arguments)]
    return ["runuser", "-u", "postgres", "--", *command] if os.geteuid() == 0 else command
