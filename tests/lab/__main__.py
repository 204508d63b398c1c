"""Build the machine that ``make appliance`` runs; it needs the way to Debian's packages."""

from tests.lab.machine import frozen_machine

if __name__ == "__main__":
    frozen_machine()
