"""Turn a signature into a durable job."""

import uuid
from dataclasses import dataclass

from kiosk.domain.consent import missing_elements
from kiosk.domain.job import Job
from kiosk.domain.release import Release
from kiosk.errors import ConsentRefused
from kiosk.ports import JobStore
from kiosk.services.papers import Papers


@dataclass(frozen=True, slots=True)
class ReleaseDesk:
    """Where patients sign."""

    kiosk: str
    jobs: JobStore
    papers: Papers

    def sign(self, release: Release, code_digest: str | None = None) -> Job:
        """Seal the signed form and store it with its job; from here on nothing is lost.

        Parameters
        ----------
        code_digest : str, optional
            The release code that this signature uses up.

        Raises
        ------
        ConsentRefused
            If the consent lacks an element; its detail names each.
        CodeRefused
            If the code was used up meanwhile.
        """
        missing = missing_elements(release.consent)
        if missing:
            raise ConsentRefused(", ".join(missing))
        job_id = uuid.uuid4().hex
        form = self.papers.make_form(job_id, release)
        return self.jobs.add(release, self.kiosk, job_id, form, code_digest)
