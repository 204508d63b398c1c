"""Turn a signature into a durable job."""

import uuid
from dataclasses import dataclass

from kiosk.domain.code import ReleaseCode, allows
from kiosk.domain.elements import missing_elements, named
from kiosk.domain.job import Job
from kiosk.domain.release import Release
from kiosk.errors import CodeRefused, ConsentExpired, ConsentRefused
from kiosk.ports import Clock, JobStore
from kiosk.services.papers import Papers


@dataclass(frozen=True, slots=True)
class ReleaseDesk:
    """Where patients sign."""

    kiosk: str
    jobs: JobStore
    papers: Papers
    clock: Clock

    def sign(
        self, release: Release, code: ReleaseCode | None = None, shown_sha256: str | None = None
    ) -> Job:
        """Seal the signed form and store it with its job; from here on nothing is lost.

        Parameters
        ----------
        code : ReleaseCode, optional
            As redeemed; this signature uses it up.
        shown_sha256 : str, optional
            Of the form that the signer has read.

        Raises
        ------
        ConsentRefused
            If the consent lacks an element; its detail names each.
        ConsentExpired
            If the authorization ends with a day that is over.
        CodeRefused
            If the code is for somebody else or other studies, or was used up or expired meanwhile.
        FormChanged
            If the form that was read is not the one that would be sealed.
        """
        missing = missing_elements(release)
        if missing:
            raise ConsentRefused(named(missing))
        if release.consent.has_expired(self.clock(), self.papers.site.zone):
            raise ConsentExpired
        studies = [study.study_uid for study in release.studies]
        if code is not None and not allows(code, release.patient, studies, self.clock()):
            raise CodeRefused
        job_id = uuid.uuid4().hex
        made = self.papers.make_form(job_id, release, shown_sha256)
        digest = code.digest if code else None
        return self.jobs.add(release, self.kiosk, job_id, made.sealed, digest, made.evidence)
