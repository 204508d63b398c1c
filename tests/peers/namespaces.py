"""Whether this machine lets a normal user have namespaces; inside a plain chroot none does."""

import subprocess

import pytest

needs_user_namespaces = pytest.mark.skipif(
    subprocess.run(
        ["unshare", "--user", "--map-root-user", "true"], check=False, capture_output=True
    ).returncode
    != 0,
    reason="the kernel allows no user namespaces here",
)
