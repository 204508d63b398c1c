"""Releases and media survive the database exactly, whatever people are called."""

from dataclasses import replace
from datetime import timedelta, timezone

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kiosk.domain.consent import Drawn, Typed
from kiosk.domain.medium import Medium
from kiosk.domain.release import Release, TargetKind
from kiosk.errors import StoreUnusable
from kiosk.store.facts import MEDIA, RELEASE, STUDY_UIDS
from kiosk.store.opening import Store
from tests.domain.releases import NOON, SECRETS, consent, release
from tests.domain.strategies import counts, releases, words
from tests.store.conftest import Raw

media = st.lists(
    st.builds(
        Medium,
        st.sampled_from(TargetKind),
        words,
        counts,
        counts,
        st.integers(min_value=0, max_value=10**15),
        words,
        counts,
        counts,
        st.booleans(),
    ),
    max_size=3,
).map(tuple)


@given(releases)
def test_any_release_reads_back_as_it_was(kept: Release) -> None:
    back = RELEASE.read(RELEASE.write(kept))
    assert back == kept
    assert RELEASE.write(back) == RELEASE.write(kept)


@given(releases)
def test_every_part_reads_back_in_its_own_type(kept: Release) -> None:
    back = RELEASE.read(RELEASE.write(kept))
    assert type(back.consent.signature) is type(kept.consent.signature)
    assert back.consent.signed_at.utcoffset() == kept.consent.signed_at.utcoffset()
    assert isinstance(back.target.kind, TargetKind)
    assert all(isinstance(study.modalities, tuple) for study in back.studies)


@given(media)
def test_any_media_read_back_as_they_were(kept: tuple[Medium, ...]) -> None:
    assert MEDIA.read(MEDIA.write(kept)) == kept


@given(st.lists(words).map(tuple))
def test_any_study_uids_read_back_as_they_were(kept: tuple[str, ...]) -> None:
    assert STUDY_UIDS.read(STUDY_UIDS.write(kept)) == kept


@settings(
    max_examples=40,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(releases)
def test_any_release_survives_the_database(store: Store, kept: Release) -> None:
    job_id = f"{len(store.audit.events()):032x}"
    job = store.jobs.add(kept, "kiosk-1", job_id, b"form")
    assert store.jobs.get(job_id) == job
    assert store.jobs.get(job_id).release == kept


def test_pressure_is_kept_where_the_glass_measures_it() -> None:
    drawn = Drawn((((1.0, 2.0, 0.0), (1.1, 2.1, 0.016)), ((1.0, 2.0, 0.0, 0.75),)))
    kept = replace(release(), consent=consent(drawn))
    assert RELEASE.read(RELEASE.write(kept)).consent.signature == drawn


def test_a_long_signature_and_a_long_list_of_studies_are_kept() -> None:
    stroke = tuple((n / 7, n / 11, n / 60) for n in range(5000))
    kept = replace(release(), consent=consent(Drawn((stroke,))), studies=release().studies * 200)
    assert RELEASE.read(RELEASE.write(kept)) == kept


@pytest.mark.parametrize("number", [float("nan"), float("inf")])
def test_a_point_that_is_no_number_is_refused_before_it_is_stored(number: float) -> None:
    broken = replace(release(), consent=consent(Drawn((((number, 1.0, 0.0),),))))
    with pytest.raises(ValueError, match="the release holds something that cannot be stored"):
        RELEASE.write(broken)


@pytest.mark.filterwarnings("error")
def test_a_wrong_type_is_refused_before_it_is_stored() -> None:
    for broken in (
        replace(release(), consent=consent(Typed(5))),  # type: ignore[arg-type]  # on purpose
        replace(release(), target=None),  # type: ignore[arg-type]  # on purpose
    ):
        with pytest.raises(ValueError, match="cannot be stored"):
            RELEASE.write(broken)


@pytest.mark.parametrize(
    "damage", ["", "{}", "null", '{"patient": {"name": "Example^Maria"}}', "[1, 2"]
)
def test_a_damaged_release_is_said_so_without_quoting_it(
    store: Store, raw: Raw, damage: str
) -> None:
    job = store.jobs.add(release(), "kiosk-1", "1" * 32, b"form")
    raw("UPDATE jobs SET release = ?", damage)
    with pytest.raises(StoreUnusable) as unusable:
        store.jobs.get(job.job_id)
    assert not any(secret in str(unusable.value) for secret in SECRETS)


@pytest.mark.parametrize("column", ["state", "failure_stage", "media"])
def test_a_damaged_job_is_named(store: Store, raw: Raw, column: str) -> None:
    job = store.jobs.add(release(), "kiosk-1", "1" * 32, b"form")
    raw(f"UPDATE jobs SET {column} = ?, failure_code = ?", "NOWHERE", "x")
    with pytest.raises(StoreUnusable):
        store.jobs.get(job.job_id)


def test_strictness_takes_no_text_for_a_number() -> None:
    text = RELEASE.write(release()).replace('"instances":108', '"instances":"108"')
    assert '"108"' in text
    with pytest.raises(StoreUnusable):
        RELEASE.read(text)


def test_signing_moments_keep_the_zone_they_were_signed_in() -> None:
    local = NOON.astimezone(timezone(timedelta(hours=-5)))
    kept = replace(release(), consent=replace(consent(), signed_at=local))
    assert RELEASE.read(RELEASE.write(kept)).consent.signed_at.utcoffset() == timedelta(hours=-5)
