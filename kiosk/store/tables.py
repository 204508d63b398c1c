"""The tables, the same on SQLite and PostgreSQL."""

from datetime import UTC, datetime

from sqlalchemy import (
    BigInteger,
    DateTime,
    Dialect,
    ForeignKey,
    Index,
    LargeBinary,
    MetaData,
    String,
    Text,
    TypeDecorator,
)
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column


class UtcDateTime(TypeDecorator[datetime]):
    """A moment: stored in UTC, and aware when it comes back, which SQLite alone would not do."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Turn an aware moment into UTC."""
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("a moment without its time zone cannot be stored")
        return value.astimezone(UTC)

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Give the zone back."""
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


class Base(DeclarativeBase):
    """What all tables share: constraints with the same names on every database."""

    metadata = MetaData(
        naming_convention={
            "ix": "ix_%(table_name)s_%(column_0_N_name)s",
            "uq": "uq_%(table_name)s_%(column_0_N_name)s",
            "fk": "fk_%(table_name)s_%(column_0_N_name)s_%(referred_table_name)s",
            "pk": "pk_%(table_name)s",
        }
    )
    type_annotation_map = {datetime: UtcDateTime, str: Text}  # noqa: RUF012 - SQLAlchemy reads it


class JobRow(Base):
    """A job as it is now."""

    __tablename__ = "jobs"
    __table_args__ = (Index(None, "kiosk", "state"),)

    job_id: Mapped[str] = mapped_column(String(64), primary_key=True)
    number: Mapped[int] = mapped_column(unique=True)
    kiosk: Mapped[str]
    release: Mapped[str]
    """JSON, as sealed by the job's first event."""
    created_at: Mapped[datetime]
    changed_at: Mapped[datetime]
    state: Mapped[str] = mapped_column(String(16))
    version: Mapped[int]
    instances: Mapped[int]
    archive_instances: Mapped[int]
    counted_only: Mapped[bool]
    not_importable: Mapped[int]
    volumes: Mapped[int]
    media: Mapped[str]
    """JSON."""
    spoiled: Mapped[int]
    attempts: Mapped[int]
    waiting_code: Mapped[str | None]
    waiting_until: Mapped[datetime | None]
    waiting_detail: Mapped[str | None]
    failure_stage: Mapped[str | None] = mapped_column(String(16))
    failure_code: Mapped[str | None]
    failure_detail: Mapped[str | None]


class DocumentRow(Base):
    """A sealed form or receipt, with the hash that the chain knows too."""

    __tablename__ = "documents"

    job_id: Mapped[str] = mapped_column(ForeignKey("jobs.job_id"), primary_key=True)
    kind: Mapped[str] = mapped_column(String(16), primary_key=True)
    sha256: Mapped[str] = mapped_column(String(64))
    content: Mapped[bytes] = mapped_column(LargeBinary)


class ProgressRow(Base):
    """How far a job has come; the last to write wins."""

    __tablename__ = "progress"

    job_id: Mapped[str] = mapped_column(ForeignKey("jobs.job_id"), primary_key=True)
    stage: Mapped[str] = mapped_column(String(16))
    instances: Mapped[int]
    total_instances: Mapped[int | None]
    size_bytes: Mapped[int] = mapped_column(BigInteger)
    total_bytes: Mapped[int | None] = mapped_column(BigInteger)


class AuditRow(Base):
    """One event of the chain, in the very text that its hash is taken over."""

    __tablename__ = "audit_events"

    sequence: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    at: Mapped[str] = mapped_column(String(32))
    kind: Mapped[str] = mapped_column(String(32))
    job_id: Mapped[str | None] = mapped_column(String(64), index=True)
    """No foreign key: the chain outlives the jobs."""
    fields: Mapped[str]
    previous_hash: Mapped[str] = mapped_column(String(64))
    hash: Mapped[str] = mapped_column(String(64))


class AuditHead(Base):
    """The end of the chain in a single row; who appends holds it locked."""

    __tablename__ = "audit_head"

    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    sequence: Mapped[int]
    hash: Mapped[str] = mapped_column(String(64))


class CodeRow(Base):
    """A release code, by the keyed hash of its digits."""

    __tablename__ = "codes"

    digest: Mapped[str] = mapped_column(String(128), primary_key=True)
    patient_id: Mapped[str]
    birth_date: Mapped[str] = mapped_column(String(10))
    study_uids: Mapped[str]
    """JSON."""
    seen: Mapped[str]
    issued_by: Mapped[str]
    issued_at: Mapped[datetime]
    expires_at: Mapped[datetime]
    state: Mapped[str] = mapped_column(String(8))
    wrong_tries: Mapped[int]
    rests_until: Mapped[datetime | None]
